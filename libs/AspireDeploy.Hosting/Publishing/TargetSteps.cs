using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireDeploy.Deploying;
using AspireDeploy.Plan;
using AspireDeploy.Reports;
using AspireDeploy.Targets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AspireDeploy.Publishing;

/// <summary>
/// A target's steps on Aspire's pipeline. <c>check-NAME</c> makes its files in memory and refuses what can't be carried; <c>publish-NAME</c> writes them. Where all targets are
/// published, none is written before all are checked.
/// </summary>
internal static class TargetSteps
{
    internal static IResourceBuilder<T> WithTargetSteps<T>(this IResourceBuilder<T> builder) where T : TargetResource
    {
        builder.ApplicationBuilder.Services.TryAddSingleton(AppHostProject.Of(builder.ApplicationBuilder));
        builder.ApplicationBuilder.Services.TryAddSingleton<PublishedPlan>();
        builder.ApplicationBuilder.Services.TryAddSingleton<ICommands, Commands>();
        return builder.WithPipelineStepFactory(static context => Steps((TargetResource)context.Resource)).WithPipelineConfiguration(CheckAllFirst)
            .WithPipelineConfiguration(context => DeploySteps.BuildImagesFirst(context, builder.Resource));
    }

    internal static string Check(TargetResource resource) => $"check-{resource.Name}";

    internal static string Publish(TargetResource resource) => $"publish-{resource.Name}";

    private static IEnumerable<PipelineStep> Steps(TargetResource resource)
    {
        Publication? checkedFiles = null;
        yield return new()
        {
            Name = Check(resource),
            Description = $"Finds out whether everything that is declared can be carried by {resource.Target.Title}.",
            Action = async context => checkedFiles = await CheckAsync(context, resource),
            DependsOnSteps = [WellKnownPipelineSteps.PublishPrereq],
            Resource = resource,
        };
        yield return new()
        {
            Name = Publish(resource),
            Description = $"Writes the files for {resource.Target.Title}.",
            Action = context => WriteAsync(context, resource, checkedFiles!),
            DependsOnSteps = [Check(resource)],
            RequiredBySteps = [WellKnownPipelineSteps.Publish],
            Resource = resource,
        };
        foreach (var step in resource.Deployment is { } deployment ? DeploySteps.Of(resource, deployment) : []) yield return step;
    }

    private static void CheckAllFirst(PipelineConfigurationContext context)
    {
        if ((context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.Step ?? WellKnownPipelineSteps.Publish) != WellKnownPipelineSteps.Publish) return;
        foreach (var target in context.Model.Resources.OfType<TargetResource>())
        {
            foreach (var step in context.Steps.Where(step => step.Name != Publish(target) && step.Resource is TargetResource other && step.Name == Publish(other))) step.DependsOn(Check(target));
        }
    }

    private static async Task<Publication> CheckAsync(PipelineStepContext context, TargetResource resource)
    {
        var plan = context.Services.GetRequiredService<PublishedPlan>();
        try
        {
            return Publication.Of(ProjectImages.In(await plan.GetAsync(context.CancellationToken), resource.Registry), resource.Target, plan.AllowedLosses);
        }
        catch (PlanException refused)
        {
            if (refused.Errors is [var only]) throw new DistributedApplicationException(only.ToString(), refused);
            foreach (var error in refused.Errors) context.ReportingStep.Log(LogLevel.Error, error.ToString());
            throw new DistributedApplicationException($"{refused.Errors.Count} things stand in the way of publishing for {resource.Target.Title}; they are named above", refused);
        }
    }

    private static Task WriteAsync(PipelineStepContext context, TargetResource resource, Publication publication)
    {
        var folder = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(resource);
        OutputFolder.Write(folder, publication.Files);
        context.ReportingStep.Log(LogLevel.Information, ReportTerminal.Write(publication.Report, color: !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or ""));
        context.Summary.Add(resource.Target.Title, folder);
        return Task.CompletedTask;
    }
}
