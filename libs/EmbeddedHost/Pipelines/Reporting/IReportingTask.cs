using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Tells of the progress of a part of a step. Disposing it tells of its end, if that isn't told yet.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IReportingTask : IAsyncDisposable
{
    /// <summary>Tells what it does now.</summary>
    /// <param name="statusText">What it does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when that is told.</returns>
    Task UpdateAsync(string statusText, CancellationToken cancellationToken = default);

    /// <summary>Tells what it does now.</summary>
    /// <param name="statusText">What it does, in Markdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when that is told.</returns>
    Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default);

    /// <summary>Tells that it has ended. Only the first time counts.</summary>
    /// <param name="completionMessage">What came of it.</param>
    /// <param name="completionState">How it ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when that is told.</returns>
    Task CompleteAsync(string? completionMessage = null, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);

    /// <summary>Tells that it has ended. Only the first time counts.</summary>
    /// <param name="completionMessage">What came of it, in Markdown.</param>
    /// <param name="completionState">How it ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when that is told.</returns>
    Task CompleteAsync(MarkdownString completionMessage, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);
}
