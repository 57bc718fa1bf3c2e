using System.Text.RegularExpressions;
using AspireDeploy.Model;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// Has the secrets that a program reads from its environment put there by the container's start, from files: an engine shows a container's
/// environment to everybody who may ask it, and what a process gives itself it doesn't know. It takes an image that is known to have a
/// shell, and whose start and user are known.
/// </summary>
internal static partial class SecretsAtStart
{
    /// <summary>Returns the plan with every workload for which that can be done.</summary>
    internal static DeploymentPlan In(DeploymentPlan plan) => plan with { Workloads = plan.Workloads.Select(In).ToEquatableArray() };

    /// <summary>Returns the workload with its secrets as files and a start that reads them; as it is where that can't be done.</summary>
    internal static Workload In(Workload workload)
    {
        // A variable that no shell can export stays as it is.
        var names = Secrets
            .UndeliverableOf(workload)
            .Select(static variable => variable.Name)
            .Where(static name => Name().IsMatch(name))
            .ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0 || workload.Isolation.UserId is null || StartOf(workload) is not { } start)
            return workload;
        // Any shell but bash passes on no variable that it can't export itself: the program would lose it.
        var isBash = WellKnownImages.ShellOf(workload.Image) == ImageShell.Bash;
        if (!isBash && !workload.Environment.All(static variable => Name().IsMatch(variable.Name)))
            return workload;
        // A secret that can't be read ends the start, rather than begin a program without it.
        var script =
            "set -e; "
            + string.Concat(
                names
                    .Order(StringComparer.Ordinal)
                    .Select(static name =>
                        // A command's output loses its line breaks at the end, and a secret may have some.
                        $"{name}=\"$(cat {ShellText.Quote($"{Secrets.Directory}/{name}")} && printf .)\"; export {name}=\"${{{name}%.}}\"; "
                    )
            );
        return workload with
        {
            Environment = workload
                .Environment.Select(variable =>
                    names.Contains(variable.Name) ? variable with { SecretAs = new FileNamedAsSetting() } : variable
                )
                .ToEquatableArray(),
            Entrypoint = [isBash ? "/bin/bash" : "/bin/sh", "-c", script + "exec \"$@\"", "sh", .. start.Entrypoint],
            Arguments = start.Arguments,
        };
    }

    // A command that replaces an entry point loses the image's arguments too.
    private static (EquatableArray<string> Entrypoint, EquatableArray<Template> Arguments)? StartOf(Workload workload)
    {
        if (WellKnownImages.ShellOf(workload.Image) == ImageShell.None)
            return null;
        if (!workload.Entrypoint.IsEmpty)
            return (workload.Entrypoint, workload.Arguments);
        if (workload.Image is ProjectImage project)
            return (["dotnet", project.Assembly], workload.Arguments);
        return workload.Image is ImageReference image && WellKnownImages.Find(image) is { Entrypoint.IsEmpty: false } known
            ? (
                known.Entrypoint,
                workload.Arguments.IsEmpty ? known.Command.Select(Template.FromText).ToEquatableArray() : workload.Arguments
            )
            : null;
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
