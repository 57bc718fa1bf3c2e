using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Orders many steps at once.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class PipelineStepExtensions
{
    /// <summary>Makes each of them run after a step.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="step">What they run after.</param>
    /// <returns>The steps.</returns>
    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return steps.DependsOn(step.Name);
    }

    /// <summary>Makes each of them run after a step.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="stepName">What they run after.</param>
    /// <returns>The steps.</returns>
    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, string stepName) => steps.Each(s => s.DependsOn(stepName));

    /// <summary>Makes each of them run after all of other steps.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="targetSteps">What they run after.</param>
    /// <returns>The steps.</returns>
    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, IEnumerable<PipelineStep> targetSteps) =>
        steps.EachWithEach(targetSteps, (step, target) => step.DependsOn(target));

    /// <summary>Makes each of them run before a step, which needs them.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="step">What needs them.</param>
    /// <returns>The steps.</returns>
    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return steps.RequiredBy(step.Name);
    }

    /// <summary>Makes each of them run before a step, which needs them.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="stepName">What needs them.</param>
    /// <returns>The steps.</returns>
    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, string stepName) => steps.Each(s => s.RequiredBy(stepName));

    /// <summary>Makes each of them run before all of other steps, which need them.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="targetSteps">What needs them.</param>
    /// <returns>The steps.</returns>
    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, IEnumerable<PipelineStep> targetSteps) =>
        steps.EachWithEach(targetSteps, (step, target) => step.RequiredBy(target));

    private static IEnumerable<PipelineStep> EachWithEach(this IEnumerable<PipelineStep> steps, IEnumerable<PipelineStep> targets, Action<PipelineStep, PipelineStep> order)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var all = targets.ToList();
        return steps.Each(step => all.ForEach(target => order(step, target)));
    }

    private static IEnumerable<PipelineStep> Each(this IEnumerable<PipelineStep> steps, Action<PipelineStep> order)
    {
        ArgumentNullException.ThrowIfNull(steps);
        foreach (var step in steps)
        {
            order(step);
        }

        return steps;
    }
}
