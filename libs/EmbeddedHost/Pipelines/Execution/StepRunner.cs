namespace Aspire.Hosting.Pipelines;

/// <summary>Runs steps: each as soon as what it depends on has succeeded, so independent ones at the same time.</summary>
internal sealed class StepRunner(IPipelineActivityReporter reporter)
{
    /// <summary>Runs them all. Where one fails, what depends on it doesn't run; what doesn't depend on it does.</summary>
    public async Task<IReadOnlyList<StepOutcome>> RunAsync(StepGraph graph, PipelineContext context)
    {
        var runs = new Dictionary<string, Task<StepOutcome>>(StringComparer.Ordinal);
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var step in graph.Steps)
        {
            var dependencies = graph.DependenciesOf(step);
            var parent = dependencies.MaxBy(d => levels[d]);
            var level = levels[step.Name] = parent is null ? 0 : levels[parent] + 1;
            runs[step.Name] = RunAfterAsync(step, [.. dependencies.Select(d => runs[d])], context, parent, level);
        }

        return await Task.WhenAll(graph.Steps.Select(s => runs[s.Name])).ConfigureAwait(false);
    }

    private async Task<StepOutcome> RunAfterAsync(PipelineStep step, Task<StepOutcome>[] dependencies, PipelineContext context, string? parent, int level)
    {
        var before = await Task.WhenAll(dependencies).ConfigureAwait(false);
        if (context.CancellationToken.IsCancellationRequested || !before.All(b => b.Succeeded))
        {
            return new(step, Succeeded: false);
        }

        // A step that never awaits would hold up those that could run beside it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await RunAsync(step, context, parent, level).ConfigureAwait(false);
    }

    private async Task<StepOutcome> RunAsync(PipelineStep step, PipelineContext context, string? parent, int level)
    {
        var told = step.IsAggregate ? new NullPublishingActivityReporter() : reporter;
        var reporting = await told.CreateStepAsync(step.Name, parent, level, context.CancellationToken).ConfigureAwait(false);
        await using (reporting.ConfigureAwait(false))
        {
            try
            {
                StepLoggerProvider.CurrentStep = reporting;
                await step.Action(new() { PipelineContext = context, ReportingStep = reporting }).ConfigureAwait(false);
                return new(step, Succeeded: true);
            }
            catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
            {
                await reporting.FailAsync("stopped", CancellationToken.None).ConfigureAwait(false);
                return new(step, Succeeded: false);
            }
            catch (Exception e)
            {
                await reporting.FailAsync(StepFailure.Describe(e), CancellationToken.None).ConfigureAwait(false);
                return new(step, Succeeded: false, e);
            }
        }
    }
}
