using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireDeploy.Deploying;
using AspireDeploy.Publishing;
using AspireDeploy.Reports;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Pipeline;

/// <summary>
/// A target's steps on Aspire's pipeline. <c>check-NAME</c> makes its files in memory and refuses what can't be carried;
/// <c>publish-NAME</c> writes them. A target that is refused doesn't keep the others from being written.
/// </summary>
internal static class TargetSteps
{
    internal static IResourceBuilder<T> WithTargetSteps<T>(this IResourceBuilder<T> builder)
        where T : TargetResource
    {
        PublishingRun.AddTo(builder.ApplicationBuilder);
        // Aspire 13.6 resolves the pipeline's steps at the start of a run too, where a target has none.
        if (!builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
            return builder;
        return builder
            .WithPipelineStepFactory(static context => Steps((TargetResource)context.Resource))
            .WithPipelineConfiguration(PublishingRun.LeaveOutParameters)
            .WithPipelineConfiguration(context => DeploySteps.BuildImagesFirst(context, builder.Resource));
    }

    private static IEnumerable<PipelineStep> Steps(TargetResource resource)
    {
        Publication? checkedFiles = null;
        yield return new()
        {
            Name = StepNames.Check(resource),
            Description = $"Finds out whether everything that is declared can be carried by {resource.Target.Title}.",
            Action = async context => checkedFiles = await CheckAsync(context, resource),
            DependsOnSteps = [StepNames.CheckDeclaration],
            Resource = resource,
        };
        yield return new()
        {
            Name = StepNames.Publish(resource),
            Description = $"Writes the files for {resource.Target.Title}.",
            Action = context => WriteAsync(context, resource, checkedFiles!),
            DependsOnSteps = [StepNames.Check(resource)],
            RequiredBySteps = [WellKnownPipelineSteps.Publish],
            Resource = resource,
        };
        foreach (var step in DeploySteps.Create(resource, resource.Deployment))
            yield return step;
    }

    private static async Task<Publication> CheckAsync(PipelineStepContext context, TargetResource resource)
    {
        var plan = context.Services.GetRequiredService<PublishedPlan>();
        return await PlainRefusal.RunAsync(context, async () =>
            Publication.Create(
                BuiltImages.In(await plan.GetAsync(resource, context.CancellationToken), resource.Registry),
                resource.Target,
                plan.AllowedLosses,
                OverrideFiles.In(FolderOf(context, resource), resource.Deployment)
            )
        );
    }

    private static string FolderOf(PipelineStepContext context, TargetResource resource) =>
        context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(resource);

    private static Task WriteAsync(PipelineStepContext context, TargetResource resource, Publication publication)
    {
        var folder = FolderOf(context, resource);
        OutputFolder.Write(folder, publication.Files);
        context.Services.GetRequiredService<PublishedPlan>().Wrote(resource);
        var color = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        // Of many at once each is told in brief: its folder has the whole of it.
        var isOneOfMany =
            RequestedStep.In(context.Services) == WellKnownPipelineSteps.Publish
            && context.Model.Resources.OfType<TargetResource>().Count() > 1;
        context.Tell(
            isOneOfMany ? ReportTerminal.WriteBrief(publication.Report, folder, color) : ReportTerminal.Write(publication.Report, color)
        );
        context.Summary.Add(resource.Target.Title, folder);
        return Task.CompletedTask;
    }
}
