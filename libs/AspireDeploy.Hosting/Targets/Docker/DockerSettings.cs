using System.Text;
using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>A setting in <c>.env</c>.</summary>
/// <param name="Name">Its name: <c>GATEWAY_HOST</c>.</param>
/// <param name="Default">What holds if it isn't set; null: it must be set.</param>
/// <param name="Description">What it is.</param>
internal sealed record DockerSetting(string Name, string? Default, string Description)
{
    /// <summary>Whether the default can stand inside a <c>${NAME-default}</c>; one that can't is set in <c>.env</c>.</summary>
    internal bool DefaultStandsInline => Default is not null && DockerSettings.Inline().IsMatch(Default);

    /// <summary>The placeholder for it in a Compose or stack file.</summary>
    internal string Placeholder => Default is null ? $"${{{Name}:?set it in .env}}" : DefaultStandsInline ? $"${{{Name}-{Default}}}" : $"${{{Name}?set it in .env}}";
}

/// <summary>
/// What a person may choose at deployment, in <c>.env</c>, which Docker Compose reads, and the scripts as it does.
/// (https://docs.docker.com/reference/compose-file/interpolation/, https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/)
/// </summary>
internal static partial class DockerSettings
{
    /// <summary>The file they are in.</summary>
    internal static SettingsFile File { get; } = new(".env", IsQuoted: true);

    /// <summary>The variable for a resource's image or a parameter: <c>size-limit</c> is <c>SIZE_LIMIT</c>.</summary>
    internal static string NameFor(string name) => name.Replace('-', '_').ToUpperInvariant();

    /// <summary>How a folder for Docker is deployed from here.</summary>
    internal static ScriptedDeployment Deployment { get; } = new(File.Path) { Remarks = PinnedImages.In };

    /// <summary>The setting that says which image a project runs from.</summary>
    internal static DockerSetting ImageOf(Workload workload, BuiltImage image) =>
        new($"{NameFor(workload.Name)}_IMAGE", image.ToString(), $"The image {workload.Name} runs: one on this machine, or one in a registry it may pull from.");

    /// <summary>The setting for a parameter.</summary>
    internal static DockerSetting Of(Parameter parameter) =>
        new(NameFor(parameter.Name), parameter.Default, parameter.Description.Length > 0 ? parameter.Description : $"The parameter {parameter.Name}.");

    /// <summary>All settings of a plan: those that must be set first, then those that may be, images last.</summary>
    internal static EquatableArray<DockerSetting> Of(DeploymentPlan plan) =>
        plan.Parameters.Select(Of).OrderBy(static setting => setting.Default is null ? 0 : 1)
            .Concat(plan.Workloads.Where(static workload => workload.Image is BuiltImage).Select(static workload => ImageOf(workload, (BuiltImage)workload.Image))).ToEquatableArray();

    /// <summary>What is wrong with the settings: names that become one, values that would have to be encoded.</summary>
    internal static IEnumerable<PlanError> Check(DeploymentPlan plan)
    {
        foreach (var group in Of(plan).GroupBy(static setting => setting.Name, StringComparer.Ordinal))
        {
            if (group.Count() > 1) yield return new(group.Key, "is the setting of more than one parameter or image; rename the parameter");
            if (ToolVariables.Includes(group.Key)) yield return new(group.Key, "is the setting of a parameter, and a variable that the tools which deploy read themselves; rename the parameter");
        }
        foreach (var workload in plan.Workloads)
        {
            foreach (var (place, value) in Links.TemplatesOf(workload).Where(static each => !each.Value.HoldsSecret))
            {
                if (value.Parts.OfType<ParameterReference>().FirstOrDefault(static reference => reference.Encoding == ValueEncoding.Uri) is { } encoded)
                    yield return new($"{workload.Name}.{place}", $"holds the parameter {encoded.Parameter} percent-encoded, which nothing does with what is chosen in {File.Path}; make {encoded.Parameter} a secret, or take it as it is");
            }
        }
    }

    /// <summary>Writes <c>.env</c>; null when there is nothing to choose.</summary>
    internal static PublishedFile? Write(DeploymentPlan plan)
    {
        var settings = Of(plan);
        if (settings.IsEmpty) return null;
        var file = new StringBuilder($"# What you choose for {plan.Name}. Publishing again keeps what is set here.\n");
        foreach (var setting in settings)
        {
            file.Append("\n# ").Append(setting.Description.ReplaceLineEndings("\n# ")).Append('\n');
            if (setting.Default is null) file.Append("# It must be set.\n").Append(setting.Name).Append("=\n");
            else file.Append(setting.DefaultStandsInline ? "#" : "").Append(setting.Name).Append('=').Append(DotEnv.Quote(setting.Default)).Append('\n');
        }
        return new(File.Path, file.ToString()) { OnRepublish = OnRepublish.KeepSettings };
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_./:@,=+ -]*\z", RegexOptions.CultureInvariant)]
    internal static partial Regex Inline();
}
