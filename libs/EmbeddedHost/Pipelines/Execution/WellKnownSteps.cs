using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Logging;
using static Aspire.Hosting.Pipelines.WellKnownPipelineSteps;

namespace Aspire.Hosting.Pipelines;

/// <summary>The steps that every pipeline has.</summary>
internal static class WellKnownSteps
{
    public static IEnumerable<PipelineStep> Create(DistributedApplicationPipeline pipeline) =>
    [
        Aggregate(Publish, "Writes the files of every deployment target."),
        Aggregate(PublishPrereq, "What runs before anything is published."),
        Aggregate(Build, "Builds every image."),
        Aggregate(BuildPrereq, "What runs before anything is built."),
        Aggregate(Push, "Pushes every image to its registry.", dependsOn: PushPrereq),
        Aggregate(PushPrereq, "What runs before anything is pushed."),
        Aggregate(Deploy, "Deploys to every target."),
        Aggregate(DeployPrereq, "What runs before anything is deployed."),
        Aggregate(Destroy, "Takes down what was deployed."),
        Aggregate(DestroyPrereq, "What runs before anything is taken down."),
        Aggregate(BeforeStart, "What runs before the application starts."),
        Aggregate(ValidateComputeEnvironments, "Checks that it is known where each resource is deployed to.", requiredBy: [BeforeStart]),
        Aggregate(ProcessParameters, "Finds out the parameters' values.", requiredBy: [PublishPrereq, BuildPrereq, DeployPrereq]),
        ImageSteps.CheckEngine(),
        ManifestStep.Create(),
        new()
        {
            Name = Diagnostics,
            Description = "Prints the steps, what each depends on and in which order they would run.",
            Action = async context => context.ReportingStep.Log(
                LogLevel.Information,
                StepDiagnostics.Describe(await pipeline.ResolveAsync(context.PipelineContext).ConfigureAwait(false))),
        },
    ];

    private static PipelineStep Aggregate(string name, string description, string? dependsOn = null, string[]? requiredBy = null) => new()
    {
        Name = name,
        Description = description,
        Action = _ => Task.CompletedTask,
        DependsOnSteps = dependsOn is null ? [] : [dependsOn],
        RequiredBySteps = [.. requiredBy ?? []],
        IsAggregate = true,
    };
}
