using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Tells whoever started the pipeline of its progress: a terminal, or the <c>aspire</c> command.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IPipelineActivityReporter
{
    /// <summary>Tells that a step has begun.</summary>
    /// <param name="title">The step's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Tells of its progress.</returns>
    Task<IReportingStep> CreateStepAsync(string title, CancellationToken cancellationToken = default);

    /// <summary>Tells that a step has begun, under another.</summary>
    /// <param name="title">The step's name.</param>
    /// <param name="parentStepId">The other step's name; null if there is none.</param>
    /// <param name="hierarchyLevel">How many steps it is under.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Tells of its progress.</returns>
    Task<IReportingStep> CreateStepAsync(string title, string? parentStepId, int hierarchyLevel, CancellationToken cancellationToken = default) =>
        CreateStepAsync(title, cancellationToken);

    /// <summary>Tells that the pipeline has ended.</summary>
    /// <param name="options">How it ended; successfully if null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when that is told.</returns>
    Task CompletePublishAsync(PublishCompletionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Tells that the pipeline has ended.</summary>
    /// <param name="completionMessage">What to say of it.</param>
    /// <param name="completionState">How it ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when that is told.</returns>
    [Obsolete("Use CompletePublishAsync(PublishCompletionOptions, CancellationToken).")]
    Task CompletePublishAsync(string? completionMessage = null, CompletionState? completionState = null, CancellationToken cancellationToken = default);
}
