using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>One piece of a pipeline's work, such as writing the files of a deployment target.</summary>
[Experimental("ASPIREPIPELINES001")]
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "Part of Aspire's API.")]
public class PipelineStep
{
    /// <summary>Its name, unique in the pipeline: <c>--step NAME</c> runs it and what it depends on.</summary>
    public required string Name { get; init; }

    /// <summary>What it does; null if that wasn't said.</summary>
    public string? Description { get; init; }

    /// <summary>Does it. An exception makes it fail: what depends on it doesn't run.</summary>
    public required Func<PipelineStepContext, Task> Action { get; init; }

    /// <summary>The steps that run, and succeed, before it.</summary>
    public List<string> DependsOnSteps { get; init; } = [];

    /// <summary>The steps that it runs before, as if they depended on it.</summary>
    public List<string> RequiredBySteps { get; init; } = [];

    /// <summary>What kind of step it is, such as <see cref="WellKnownPipelineTags.BuildCompute"/>.</summary>
    public List<string> Tags { get; init; } = [];

    /// <summary>The resource that it is for; null if it is for none in particular.</summary>
    public IResource? Resource { get; set; }

    /// <summary>Whether it only holds other steps together, so that there is nothing to tell of it.</summary>
    internal bool IsAggregate { get; init; }

    /// <summary>Makes it run after another step.</summary>
    /// <param name="stepName">The other step's name.</param>
    public void DependsOn(string stepName)
    {
        ArgumentException.ThrowIfNullOrEmpty(stepName);
        DependsOnSteps.Add(stepName);
    }

    /// <summary>Makes it run after another step.</summary>
    /// <param name="step">The other step.</param>
    public void DependsOn(PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        DependsOn(step.Name);
    }

    /// <summary>Makes it run before another step, which needs it.</summary>
    /// <param name="stepName">The other step's name.</param>
    public void RequiredBy(string stepName)
    {
        ArgumentException.ThrowIfNullOrEmpty(stepName);
        RequiredBySteps.Add(stepName);
    }

    /// <summary>Makes it run before another step, which needs it.</summary>
    /// <param name="step">The other step.</param>
    public void RequiredBy(PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        RequiredBy(step.Name);
    }
}
