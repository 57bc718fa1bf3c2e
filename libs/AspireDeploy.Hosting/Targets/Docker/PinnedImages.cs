using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Docker;

/// <summary>Images that a person has set in <c>.env</c>, to go back to an earlier one: they stay, whatever is built.</summary>
internal static class PinnedImages
{
    /// <summary>Returns what to tell of each, for the plan as it was built.</summary>
    /// <param name="settings">The settings' text.</param>
    /// <param name="plan">The plan, with the images that were built.</param>
    internal static IEnumerable<string> In(string settings, DeploymentPlan plan)
    {
        foreach (var workload in plan.Workloads)
        {
            if (workload.Image is not BuiltImage built)
                continue;
            var setting = DockerSettings.ImageOf(workload, built);
            if (EditedSettings.Get(settings, setting.Name) is { Length: > 0 } pinned && pinned != setting.Default)
                yield return $"{workload.Name} runs {pinned}, and not what was built, as {DockerSettings.File.Path} sets "
                    + $"{setting.Name}: take that line out to have it run {built}";
        }
    }
}
