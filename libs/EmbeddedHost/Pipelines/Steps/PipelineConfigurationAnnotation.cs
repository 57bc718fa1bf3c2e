using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>Looks at all steps of the pipeline before they run, and may order them further.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineConfigurationAnnotation : IResourceAnnotation
{
    /// <summary>Looks at them and awaits something.</summary>
    /// <param name="callback">Looks at them.</param>
    public PipelineConfigurationAnnotation(Func<PipelineConfigurationContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Looks at them.</summary>
    /// <param name="callback">Looks at them.</param>
    public PipelineConfigurationAnnotation(Action<PipelineConfigurationContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Looks at the steps.</summary>
    public Func<PipelineConfigurationContext, Task> Callback { get; }
}
