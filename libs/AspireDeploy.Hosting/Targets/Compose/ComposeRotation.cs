using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Compose;

/// <summary>
/// Writes <c>rotate.sh</c>, which gives a secret a new value: it knows which servers must be told of it, and who needn't be replaced.
/// </summary>
internal static class ComposeRotation
{
    /// <summary>Writes it; null where there are no secrets.</summary>
    internal static PublishedFile? Write(DeploymentPlan plan)
    {
        if (plan.Secrets.IsEmpty)
            return null;
        var script = ScriptTemplate.Fill(
            "Compose/rotate.sh",
            ("NAME", plan.Name),
            DockerScripts.Context,
            ("SETTINGS", SecretsScript.EnvironmentCheck),
            ("LOCK", ScriptTemplate.Fill("Shared/lock.sh")),
            ("KNOWN", string.Join('\n', plan.Secrets.Select(secret => Known(plan, secret)))),
            ("NAMES", string.Concat(plan.Secrets.Select(static secret => $" {secret.Name}")))
        );
        return new("rotate.sh", script) { Mode = PublishedFileMode.Executable };
    }

    private static string Known(DeploymentPlan plan, Secret secret)
    {
        var servers = plan
            .Workloads.Select(workload => (Workload: workload, Kind: ServerPasswords.KindOf(workload, secret.Name)))
            .Where(static each => each.Kind is not null)
            .ToList();
        var told = servers
            .SelectMany(each => PathsOf(each.Workload, secret.Name))
            .Concat(plan.Workloads.Where(static workload => workload.IsJob).SelectMany(job => PathsOf(job, secret.Name)));
        var kinds = string.Join(' ', servers.Select(static each => $"{each.Kind}:{each.Workload.Label}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"        {secret.Name}) servers={ShellText.Quote(kinds)} length={secret.Generation?.Length} "
                + $"told={ShellText.Quote(string.Join(' ', told))} ;;"
        );
    }

    private static IEnumerable<string> PathsOf(Workload workload, string secret) =>
        Secrets
            .FilesOf(workload)
            .Where(file => Holds(file.Content, secret))
            .Select(file => DockerFiles.SecretPath(workload, file))
            .Concat(
                Secrets.UndeliverableOf(workload).Any(variable => Holds(variable.Value, secret))
                    ? [DockerFiles.EnvironmentFile(workload)]
                    : []
            );

    private static bool Holds(Template value, string secret) => value.Parts.OfType<SecretReference>().Any(part => part.Secret == secret);
}
