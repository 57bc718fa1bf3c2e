using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The steps that publish, build, push, deploy or destroy the application. Each runs once what it depends on has succeeded.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IDistributedApplicationPipeline
{
    /// <summary>Adds a step.</summary>
    /// <param name="name">Its name, unique in the pipeline.</param>
    /// <param name="action">What it does.</param>
    /// <param name="dependsOn">The steps that run before it: a name, or several.</param>
    /// <param name="requiredBy">The steps that it runs before: a name, or several.</param>
    /// <exception cref="InvalidOperationException">There is a step of that name.</exception>
    /// <exception cref="ArgumentException">What it is ordered by is neither a name nor several.</exception>
    void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null);

    /// <summary>Adds a step.</summary>
    /// <param name="step">The step.</param>
    /// <exception cref="InvalidOperationException">There is a step of that name.</exception>
    void AddStep(PipelineStep step);

    /// <summary>Adds something that looks at all steps before they run, and may order them further.</summary>
    /// <param name="callback">Looks at them.</param>
    void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback);

    /// <summary>Runs the step that <see cref="PipelineOptions.Step"/> names, and what it depends on.</summary>
    /// <param name="context">What the steps work with.</param>
    /// <returns>A task that ends when every step that could run has ended.</returns>
    /// <exception cref="DistributedApplicationException">The steps can't be ordered, or one of them failed.</exception>
    Task ExecuteAsync(PipelineContext context);
}
