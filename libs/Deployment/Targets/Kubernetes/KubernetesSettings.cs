using System.Text;
using AspireDeploy.Plan;
using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// What a person may choose at deployment, in <c>settings.env</c>, which a generator makes a ConfigMap from: <c>NAME=value</c>, the value as it is to the end of the
/// line, without quotes. (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/)
/// </summary>
internal static class KubernetesSettings
{
    /// <summary>The file they are in.</summary>
    internal static SettingsFile File { get; } = new("settings.env", IsQuoted: false);

    /// <summary>The variable of a container that holds a parameter for others to be composed of.</summary>
    internal static string VariableOf(string parameter) => $"PARAMETER_{DockerSettings.NameFor(parameter)}";

    /// <summary>What is wrong with the parameters: names that become one, values of more than one line.</summary>
    internal static IEnumerable<PlanError> Check(DeploymentPlan plan)
    {
        foreach (var group in plan.Parameters.GroupBy(static parameter => DockerSettings.NameFor(parameter.Name), StringComparer.Ordinal))
        {
            if (group.Count() > 1) yield return new(group.Last().Name, $"becomes the setting {group.Key}, as {group.First().Name} does; rename one");
        }
        foreach (var parameter in plan.Parameters)
        {
            if (parameter.Default is { } value && value.Any(static letter => letter is '\n' or '\r'))
                yield return new($"{parameter.Name}.default", $"has more than one line, which {File.Path} doesn't carry; make it a secret, or a file");
        }
    }

    /// <summary>Writes the file; null when there is nothing to choose.</summary>
    internal static PublishedFile? Write(DeploymentPlan plan)
    {
        if (plan.Parameters.IsEmpty) return null;
        var file = new StringBuilder($"# What you choose for {plan.Name}: NAME=value, without quotes. Publishing again keeps what is set here.\n");
        foreach (var parameter in plan.Parameters)
        {
            var setting = DockerSettings.Of(parameter);
            file.Append("\n# ").Append(setting.Description.ReplaceLineEndings("\n# ")).Append('\n');
            if (setting.Default is null) file.Append("# It must be set.\n");
            file.Append(setting.Name).Append('=').Append(setting.Default).Append('\n');
        }
        return new(File.Path, file.ToString()) { OnRepublish = OnRepublish.KeepSettings };
    }
}
