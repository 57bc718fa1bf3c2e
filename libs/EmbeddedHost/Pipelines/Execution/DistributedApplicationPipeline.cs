using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines;

/// <summary>The application's pipeline: the steps that every one has, those that were added to it, and those of its resources.</summary>
internal sealed class DistributedApplicationPipeline : IDistributedApplicationPipeline
{
    private readonly List<PipelineStep> _steps = [];
    private readonly List<Func<PipelineConfigurationContext, Task>> _configurations = [];

    public DistributedApplicationPipeline()
    {
        _steps.AddRange(WellKnownSteps.Create(this));
    }

    public void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null) => AddStep(new()
    {
        Name = name,
        Action = action,
        DependsOnSteps = Names(dependsOn, nameof(dependsOn)),
        RequiredBySteps = Names(requiredBy, nameof(requiredBy)),
    });

    public void AddStep(PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (_steps.Any(s => s.Name == step.Name))
        {
            throw new InvalidOperationException($"The pipeline has a step '{step.Name}' already.");
        }

        _steps.Add(step);
    }

    public void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _configurations.Add(callback);
    }

    public async Task ExecuteAsync(PipelineContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var step = context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.Step ?? WellKnownPipelineSteps.Publish;
        var graph = (await ResolveAsync(context).ConfigureAwait(false)).NeededFor(step);
        if (graph.Steps.All(s => s.IsAggregate))
        {
            context.Logger.LogWarning("Step '{Step}' has nothing to do: nothing that was declared takes part in it. '--step diagnostics' shows what there is.", step);
        }

        var outcomes = await new StepRunner(context.Services.GetRequiredService<IPipelineActivityReporter>()).RunAsync(graph, context).ConfigureAwait(false);
        if (StepFailure.Of(outcomes) is { } failure)
        {
            throw failure;
        }

        context.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Runs what hangs on <see cref="WellKnownPipelineSteps.BeforeStart"/>, one after the other, as those steps change the model. Nobody is told of it.</summary>
    public async Task RunBeforeStartAsync(PipelineContext context)
    {
        var graph = (await ResolveAsync(context).ConfigureAwait(false)).NeededFor(WellKnownPipelineSteps.BeforeStart);
        var silent = await new NullPublishingActivityReporter().CreateStepAsync(WellKnownPipelineSteps.BeforeStart, context.CancellationToken).ConfigureAwait(false);
        foreach (var step in graph.Steps)
        {
            await step.Action(new() { PipelineContext = context, ReportingStep = silent }).ConfigureAwait(false);
        }
    }

    /// <summary>Gathers all steps and orders them.</summary>
    /// <exception cref="DistributedApplicationException">They can't be ordered.</exception>
    public async Task<StepGraph> ResolveAsync(PipelineContext context)
    {
        // Copies: what resolving adds to a step must not be there the next time.
        var steps = _steps.Select(Copy).ToList();
        var configurations = _configurations.ToList();
        foreach (var resource in context.Model.Resources)
        {
            foreach (var annotation in resource.Annotations.OfType<PipelineStepAnnotation>().ToList())
            {
                foreach (var step in await annotation.CreateStepsAsync(new() { PipelineContext = context, Resource = resource }).ConfigureAwait(false))
                {
                    step.Resource ??= resource;
                    steps.Add(step);
                }
            }

            configurations.AddRange(resource.Annotations.OfType<PipelineConfigurationAnnotation>().Select(a => a.Callback));
        }

        foreach (var configure in configurations)
        {
            await configure(new() { Services = context.Services, Model = context.Model, Steps = steps.AsReadOnly() }).ConfigureAwait(false);
        }

        return StepGraph.Of(steps);
    }

    private static PipelineStep Copy(PipelineStep step) => new()
    {
        Name = step.Name,
        Description = step.Description,
        Action = step.Action,
        DependsOnSteps = [.. step.DependsOnSteps],
        RequiredBySteps = [.. step.RequiredBySteps],
        Tags = [.. step.Tags],
        Resource = step.Resource,
        IsAggregate = step.IsAggregate,
    };

    private static List<string> Names(object? names, string parameter) => names switch
    {
        null => [],
        string one => [one],
        IEnumerable<string> several => [.. several],
        _ => throw new ArgumentException($"Steps are ordered by a name or by several names, not by a {names.GetType().Name}.", parameter),
    };
}
