using AspireDeploy.Model;

namespace AspireDeploy.Targets.Shared;

/// <summary>The images made from projects: where they are pulled from, and who has to see to it.</summary>
internal static class BuiltImages
{
    /// <summary>Returns the plan with every project's image replaced by what <paramref name="replace"/> makes of it.</summary>
    internal static DeploymentPlan Replace(DeploymentPlan plan, Func<Workload, BuiltImage, BuiltImage> replace) =>
        plan with
        {
            Workloads = plan
                .Workloads.Select(workload =>
                    workload.Image is BuiltImage image ? workload with { Image = replace(workload, image) } : workload
                )
                .ToEquatableArray(),
        };

    /// <summary>Returns the plan with the projects' images in a registry; null: as it is.</summary>
    internal static DeploymentPlan In(DeploymentPlan plan, string? registry) =>
        registry is null ? plan : Replace(plan, (_, image) => image with { Registry = registry });

    /// <summary>Returns what a person supplies who deploys without the AppHost.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="without">Where images are where no registry is given: <c>every node's images</c>.</param>
    internal static IEnumerable<RequiredInput> Inputs(DeploymentPlan plan, string without) =>
        plan
            .Workloads.Where(static workload => workload.Image is BuiltImage)
            .Select(workload =>
            {
                var image = (BuiltImage)workload.Image;
                return new RequiredInput(
                    image.ToString(),
                    image.Registry is null ? without : "the registry",
                    $"The image of {workload.Name}. "
                        + (
                            image.Registry is null
                                ? "`.WithContainerRegistry(...)` on the target has it pulled from a registry."
                                : "Deploying from the AppHost pushes it."
                        ),
                    true
                );
            });
}
