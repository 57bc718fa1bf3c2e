using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Tells of progress in fewer words.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class PublishingExtensions
{
    /// <summary>Tells that a step has succeeded.</summary>
    /// <param name="step">The step.</param>
    /// <param name="message">What came of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The step.</returns>
    public static Task<IReportingStep> SucceedAsync(this IReportingStep step, string? message = null, CancellationToken cancellationToken = default) =>
        step.EndAsync(message, CompletionState.Completed, cancellationToken);

    /// <summary>Tells that a step has succeeded.</summary>
    /// <param name="step">The step.</param>
    /// <param name="message">What came of it, in Markdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The step.</returns>
    public static Task<IReportingStep> SucceedAsync(this IReportingStep step, MarkdownString message, CancellationToken cancellationToken = default) =>
        step.EndAsync(message, CompletionState.Completed, cancellationToken);

    /// <summary>Tells that a step has succeeded, but not as it should.</summary>
    /// <param name="step">The step.</param>
    /// <param name="message">What came of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The step.</returns>
    public static Task<IReportingStep> WarnAsync(this IReportingStep step, string? message = null, CancellationToken cancellationToken = default) =>
        step.EndAsync(message, CompletionState.CompletedWithWarning, cancellationToken);

    /// <summary>Tells that a step has succeeded, but not as it should.</summary>
    /// <param name="step">The step.</param>
    /// <param name="message">What came of it, in Markdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The step.</returns>
    public static Task<IReportingStep> WarnAsync(this IReportingStep step, MarkdownString message, CancellationToken cancellationToken = default) =>
        step.EndAsync(message, CompletionState.CompletedWithWarning, cancellationToken);

    /// <summary>Tells that a step has failed.</summary>
    /// <param name="step">The step.</param>
    /// <param name="errorMessage">Why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The step.</returns>
    public static Task<IReportingStep> FailAsync(this IReportingStep step, string? errorMessage = null, CancellationToken cancellationToken = default) =>
        step.EndAsync(errorMessage, CompletionState.CompletedWithError, cancellationToken);

    /// <summary>Tells that a step has failed.</summary>
    /// <param name="step">The step.</param>
    /// <param name="errorMessage">Why, in Markdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The step.</returns>
    public static Task<IReportingStep> FailAsync(this IReportingStep step, MarkdownString errorMessage, CancellationToken cancellationToken = default) =>
        step.EndAsync(errorMessage, CompletionState.CompletedWithError, cancellationToken);

    /// <summary>Tells what a task does now.</summary>
    /// <param name="task">The task.</param>
    /// <param name="statusText">What it does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task.</returns>
    public static async Task<IReportingTask> UpdateStatusAsync(this IReportingTask task, string statusText, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        await task.UpdateAsync(statusText, cancellationToken).ConfigureAwait(false);
        return task;
    }

    /// <summary>Tells what a task does now.</summary>
    /// <param name="task">The task.</param>
    /// <param name="statusText">What it does, in Markdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task.</returns>
    public static async Task<IReportingTask> UpdateStatusAsync(this IReportingTask task, MarkdownString statusText, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        await task.UpdateAsync(statusText, cancellationToken).ConfigureAwait(false);
        return task;
    }

    /// <summary>Tells that a task has succeeded.</summary>
    /// <param name="task">The task.</param>
    /// <param name="message">What came of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task.</returns>
    public static Task<IReportingTask> SucceedAsync(this IReportingTask task, string? message = null, CancellationToken cancellationToken = default) =>
        task.EndAsync(message, CompletionState.Completed, cancellationToken);

    /// <summary>Tells that a task has succeeded.</summary>
    /// <param name="task">The task.</param>
    /// <param name="message">What came of it, in Markdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task.</returns>
    public static Task<IReportingTask> SucceedAsync(this IReportingTask task, MarkdownString message, CancellationToken cancellationToken = default) =>
        task.EndAsync(message, CompletionState.Completed, cancellationToken);

    /// <summary>Tells that a task has succeeded, but not as it should.</summary>
    /// <param name="task">The task.</param>
    /// <param name="message">What came of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task.</returns>
    public static Task<IReportingTask> WarnAsync(this IReportingTask task, string? message = null, CancellationToken cancellationToken = default) =>
        task.EndAsync(message, CompletionState.CompletedWithWarning, cancellationToken);

    /// <summary>Tells that a task has succeeded, but not as it should.</summary>
    /// <param name="task">The task.</param>
    /// <param name="message">What came of it, in Markdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task.</returns>
    public static Task<IReportingTask> WarnAsync(this IReportingTask task, MarkdownString message, CancellationToken cancellationToken = default) =>
        task.EndAsync(message, CompletionState.CompletedWithWarning, cancellationToken);

    /// <summary>Tells that a task has failed.</summary>
    /// <param name="task">The task.</param>
    /// <param name="errorMessage">Why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task.</returns>
    public static Task<IReportingTask> FailAsync(this IReportingTask task, string? errorMessage = null, CancellationToken cancellationToken = default) =>
        task.EndAsync(errorMessage, CompletionState.CompletedWithError, cancellationToken);

    /// <summary>Tells that a task has failed.</summary>
    /// <param name="task">The task.</param>
    /// <param name="errorMessage">Why, in Markdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task.</returns>
    public static Task<IReportingTask> FailAsync(this IReportingTask task, MarkdownString errorMessage, CancellationToken cancellationToken = default) =>
        task.EndAsync(errorMessage, CompletionState.CompletedWithError, cancellationToken);

    private static async Task<IReportingStep> EndAsync(this IReportingStep step, string? message, CompletionState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        await step.CompleteAsync(message ?? "", state, cancellationToken).ConfigureAwait(false);
        return step;
    }

    private static async Task<IReportingStep> EndAsync(this IReportingStep step, MarkdownString message, CompletionState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        await step.CompleteAsync(message, state, cancellationToken).ConfigureAwait(false);
        return step;
    }

    private static async Task<IReportingTask> EndAsync(this IReportingTask task, string? message, CompletionState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        await task.CompleteAsync(message, state, cancellationToken).ConfigureAwait(false);
        return task;
    }

    private static async Task<IReportingTask> EndAsync(this IReportingTask task, MarkdownString message, CompletionState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        await task.CompleteAsync(message, state, cancellationToken).ConfigureAwait(false);
        return task;
    }
}
