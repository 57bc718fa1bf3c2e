using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>Tells of a step's progress. Disposing it tells of its end, if that isn't told yet: as bad as the worst of its tasks.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IReportingStep : IAsyncDisposable
{
    /// <summary>Tells that a part of the step has begun.</summary>
    /// <param name="statusText">What is done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Tells of its progress.</returns>
    Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default);

    /// <summary>Tells that a part of the step has begun.</summary>
    /// <param name="statusText">What is done, in Markdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Tells of its progress.</returns>
    Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default);

    /// <summary>Writes a line to the step's log.</summary>
    /// <param name="logLevel">How much it matters.</param>
    /// <param name="message">The line.</param>
    /// <param name="enableMarkdown">Whether it is Markdown.</param>
    [Obsolete("Use Log(LogLevel, string) or Log(LogLevel, MarkdownString).")]
    void Log(LogLevel logLevel, string message, bool enableMarkdown);

    /// <summary>Writes a line to the step's log.</summary>
    /// <param name="logLevel">How much it matters.</param>
    /// <param name="message">The line.</param>
    void Log(LogLevel logLevel, string message);

    /// <summary>Writes a line to the step's log.</summary>
    /// <param name="logLevel">How much it matters.</param>
    /// <param name="message">The line, in Markdown.</param>
    void Log(LogLevel logLevel, MarkdownString message);

    /// <summary>Tells that the step has ended. Only the first time counts.</summary>
    /// <param name="completionText">What came of it.</param>
    /// <param name="completionState">How it ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when that is told.</returns>
    Task CompleteAsync(string completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);

    /// <summary>Tells that the step has ended. Only the first time counts.</summary>
    /// <param name="completionText">What came of it, in Markdown.</param>
    /// <param name="completionState">How it ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when that is told.</returns>
    Task CompleteAsync(MarkdownString completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);
}
