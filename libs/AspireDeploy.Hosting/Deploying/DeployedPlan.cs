using Aspire.Hosting.Pipelines;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Deploying;

/// <summary>
/// The plan as it is deployed: with the images that were built, by what is in them, and where a registry is given, pushed there and named
/// by their digest.
/// </summary>
internal static class DeployedPlan
{
    /// <summary>Provides the images, and writes the target's files anew for them.</summary>
    /// <param name="context">The step, which tells of each image.</param>
    /// <param name="resource">The target.</param>
    /// <param name="isDryRun">Whether images stay where they are: they are named as a deployment would.</param>
    /// <returns>The plan, and the folder that it was written to.</returns>
    internal static async Task<(DeploymentPlan Plan, string Folder)> PublishAsync(
        PipelineStepContext context,
        TargetResource resource,
        bool isDryRun
    )
    {
        var declared = context.Services.GetRequiredService<PublishedPlan>();
        var plan = BuiltImages.In(await declared.GetAsync(resource, context.CancellationToken), resource.Registry);
        var images = new Dictionary<string, BuiltImage>(StringComparer.Ordinal);
        foreach (var workload in plan.Workloads)
        {
            if (workload.Image is BuiltImage built)
                images[workload.Name] = await ProvideAsync(context, workload, built, isDryRun);
        }
        var deployed = BuiltImages.Replace(plan, (workload, _) => images[workload.Name]);
        var folder = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(resource);
        OutputFolder.Write(
            folder,
            Publication.Create(deployed, resource.Target, declared.AllowedLosses, OverrideFiles.In(folder, resource.Deployment)).Files
        );
        return (deployed, folder);
    }

    private static async Task<BuiltImage> ProvideAsync(PipelineStepContext context, Workload workload, BuiltImage built, bool isDryRun)
    {
        var provider = new DeployedImage(context.Services.GetRequiredService<ICommands>());
        var (image, isThere) = await provider.FindAsync(built, context.CancellationToken);
        if (!isThere && !isDryRun)
            image = await provider.ProvideAsync(built, image, context.CancellationToken);
        var what =
            isThere ? ", which is there already"
            : !isDryRun ? ""
            : image.Registry is null ? ", which would be tagged so"
            : ", which would be pushed";
        context.Tell($"{workload.Name} runs {image}{what}");
        return image;
    }
}
