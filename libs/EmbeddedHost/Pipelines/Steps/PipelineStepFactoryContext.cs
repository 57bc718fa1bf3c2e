using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>What a <see cref="PipelineStepAnnotation"/> makes its steps from.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineStepFactoryContext
{
    /// <summary>The pipeline that runs.</summary>
    public required PipelineContext PipelineContext { get; init; }

    /// <summary>The resource that the annotation is on.</summary>
    public required IResource Resource { get; init; }
}
