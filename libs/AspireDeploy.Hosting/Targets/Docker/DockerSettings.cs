using System.Text;
using System.Text.RegularExpressions;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// Describes what a person may choose at deployment, in <c>.env</c>, which Docker Compose reads, and the scripts as it does.
/// (https://docs.docker.com/reference/compose-file/interpolation/,
/// https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/)
/// </summary>
internal static partial class DockerSettings
{
    /// <summary>Gets the file they are in.</summary>
    internal static SettingsFile File { get; } = new(".env", IsQuoted: true);

    /// <summary>Gets how a folder for Docker is deployed from here.</summary>
    internal static ScriptedDeployment Deployment { get; } = new(File.Path) { Remarks = PinnedImages.In };

    /// <summary>Returns the setting that says which image a project runs from.</summary>
    internal static Setting ImageOf(Workload workload, BuiltImage image) =>
        new(
            $"{Setting.NameFor(workload.Name)}_IMAGE",
            image.ToString(),
            $"The image {workload.Name} runs: one on this machine, or one in a registry it may pull from."
        );

    /// <summary>Returns the placeholder for a setting in a Compose or stack file.</summary>
    internal static string PlaceholderOf(Setting setting) =>
        setting.Default is null ? $"${{{setting.Name}:?set it in .env}}"
        : StandsInline(setting) ? $"${{{setting.Name}-{setting.Default}}}"
        : $"${{{setting.Name}?set it in .env}}";

    /// <summary>Returns all settings of a plan: those that must be set first, then those that may be, images last.</summary>
    internal static EquatableArray<Setting> For(DeploymentPlan plan) =>
        plan
            .Parameters.Select(Setting.For)
            .OrderBy(static setting => setting.Default is null ? 0 : 1)
            .Concat(
                plan.Workloads.Where(static workload => workload.Image is BuiltImage)
                    .Select(static workload => ImageOf(workload, (BuiltImage)workload.Image))
            )
            .ToEquatableArray();

    /// <summary>Returns what is wrong with the settings: names that become one, values that would have to be encoded.</summary>
    internal static IEnumerable<PlanError> Check(DeploymentPlan plan)
    {
        foreach (var group in For(plan).GroupBy(static setting => setting.Name, StringComparer.Ordinal))
        {
            if (group.Count() > 1)
                yield return new(group.Key, "is the setting of more than one parameter or image; rename the parameter");
            if (ToolVariables.Includes(group.Key))
                yield return new(
                    group.Key,
                    "is the setting of a parameter, and a variable that the tools which deploy read themselves; rename the parameter"
                );
        }
        foreach (var workload in plan.Workloads)
        {
            foreach (var (place, value) in Links.TemplatesOf(workload).Where(static each => !each.Value.HoldsSecret))
            {
                if (
                    value.Parts.OfType<ParameterReference>().FirstOrDefault(static reference => reference.Encoding == ValueEncoding.Uri) is
                    { } encoded
                )
                    yield return new(
                        $"{workload.Name}.{place}",
                        $"holds the parameter {encoded.Parameter} percent-encoded, which nothing does with what is chosen in "
                            + $"{File.Path}; make {encoded.Parameter} a secret, or take it as it is"
                    );
            }
        }
    }

    /// <summary>Writes <c>.env</c>; null when there is nothing to choose.</summary>
    internal static PublishedFile? Write(DeploymentPlan plan)
    {
        var settings = For(plan);
        if (settings.IsEmpty)
            return null;
        var file = new StringBuilder($"# What you choose for {plan.Name}. Publishing again keeps what is set here.\n");
        foreach (var setting in settings)
        {
            file.Append("\n# ").Append(setting.Description.ReplaceLineEndings("\n# ")).Append('\n');
            if (setting.Default is null)
                file.Append("# It must be set.\n").Append(setting.Name).Append("=\n");
            else
                file.Append(StandsInline(setting) ? "#" : "")
                    .Append(setting.Name)
                    .Append('=')
                    .Append(DotEnv.Quote(setting.Default))
                    .Append('\n');
        }
        return new(File.Path, file.ToString()) { OnRepublish = OnRepublish.KeepSettings };
    }

    // A default that can't stand inside a ${NAME-default} is set in the file.
    private static bool StandsInline(Setting setting) => setting.Default is not null && Inline().IsMatch(setting.Default);

    [GeneratedRegex(@"\A[A-Za-z0-9_./:@,=+ -]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Inline();
}
