using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>What a pipeline runs with.</summary>
/// <param name="model">The application's resources.</param>
/// <param name="executionContext">What the AppHost was started for.</param>
/// <param name="serviceProvider">The application's services.</param>
/// <param name="logger">A log.</param>
/// <param name="cancellationToken">Stops the pipeline.</param>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineContext(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IServiceProvider serviceProvider,
    ILogger logger,
    CancellationToken cancellationToken)
{
    /// <summary>The application's resources.</summary>
    public DistributedApplicationModel Model { get; } = model;

    /// <summary>What the AppHost was started for.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; } = serviceProvider;

    /// <summary>A log whose lines appear under the step that writes them.</summary>
    public ILogger Logger { get; } = logger;

    /// <summary>Set when the pipeline is told to stop.</summary>
    public CancellationToken CancellationToken { get; set; } = cancellationToken;

    /// <summary>What is shown when the pipeline has run.</summary>
    public PipelineSummary Summary { get; } = new();
}
