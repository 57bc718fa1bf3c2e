using System.Text;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Shared;

/// <summary>
/// Describes what a person may choose at deployment, in <c>settings.env</c>: <c>NAME=value</c>, the value as it is to the end of the line,
/// without quotes, as kustomize's generators (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/)
/// and the scripts read it.
/// </summary>
internal static class PlainSettings
{
    /// <summary>Gets the file they are in.</summary>
    internal static SettingsFile File { get; } = new("settings.env", IsQuoted: false);

    /// <summary>Gets how a folder with them is deployed from here.</summary>
    internal static ScriptedDeployment Deployment { get; } =
        new(File.Path)
        {
            SettingsAreQuoted = File.IsQuoted,
            HasDryRun = true,
            StatusScript = "status.sh",
        };

    /// <summary>Returns what is wrong with the parameters: names that become one, values of more than one line.</summary>
    internal static IEnumerable<PlanError> Check(DeploymentPlan plan)
    {
        foreach (var group in plan.Parameters.GroupBy(static parameter => Setting.NameFor(parameter.Name), StringComparer.Ordinal))
        {
            if (group.Count() > 1)
                yield return new(group.Last().Name, $"becomes the setting {group.Key}, as {group.First().Name} does; rename one");
            if (ToolVariables.Includes(group.Key))
                yield return new(
                    group.First().Name,
                    $"becomes the setting {group.Key}, a variable that the tools which deploy read themselves; rename it"
                );
        }
        foreach (var parameter in plan.Parameters)
        {
            if (parameter.Default is { } value && value.Any(static letter => letter is '\n' or '\r'))
                yield return new(
                    $"{parameter.Name}.default",
                    $"has more than one line, which {File.Path} doesn't carry; make it a secret, or a file"
                );
        }
    }

    /// <summary>Returns what a person supplies: settings, and secrets in files beside them.</summary>
    internal static IEnumerable<RequiredInput> Inputs(DeploymentPlan plan) =>
        plan
            .Parameters.Select(Setting.For)
            .Select(static setting => new RequiredInput(
                setting.Name,
                $"`{File.Path}`",
                $"{setting.Description} {(setting.Default is null ? "Nothing starts without it." : $"`{setting.Default}` if not set.")}",
                setting.Default is null
            ))
            .Concat(
                plan.Secrets.Select(static secret =>
                    secret.Generation is null
                        ? new RequiredInput(
                            $"secrets/{secret.Name}",
                            "a file of mode 0600",
                            secret.Description.Length > 0 ? secret.Description : "a secret value",
                            true
                        )
                        : new RequiredInput($"secrets/{secret.Name}", "a file of mode 0600", "`./secrets.sh` makes it; keep a copy", false)
                )
            );

    /// <summary>
    /// Returns what a setting is, as kustomize and the scripts read it: as it is to the end of its line; null where it isn't set.
    /// </summary>
    internal static string? Get(string text, string name) =>
        text.TrimStart('\uFEFF')
            .Split('\n')
            .Select(static line => (line.EndsWith('\r') ? line[..^1] : line).TrimStart(' ', '\t', '\r', '\f', '\v'))
            .LastOrDefault(line => line.StartsWith($"{name}=", StringComparison.Ordinal))
            is { } found
            ? found[(name.Length + 1)..]
            : null;

    /// <summary>Writes the file; null when there is nothing to choose.</summary>
    internal static PublishedFile? Write(DeploymentPlan plan)
    {
        if (plan.Parameters.IsEmpty)
            return null;
        var file = new StringBuilder(
            $"# What you choose for {plan.Name}: NAME=value, without quotes. Publishing again keeps what is set here.\n"
        );
        foreach (var parameter in plan.Parameters)
        {
            var setting = Setting.For(parameter);
            file.Append("\n# ").Append(setting.Description.ReplaceLineEndings("\n# ")).Append('\n');
            if (setting.Default is null)
                file.Append("# It must be set.\n");
            file.Append(setting.Name).Append('=').Append(setting.Default).Append('\n');
        }
        return new(File.Path, file.ToString()) { OnRepublish = OnRepublish.KeepPlainSettings };
    }
}
