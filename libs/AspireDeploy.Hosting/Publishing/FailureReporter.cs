using System.Collections.Concurrent;
using System.Reflection;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Publishing;

/// <summary>
/// Tells each failure of the pipeline in one line on standard error, and ends the AppHost with a code that isn't 0. Aspire 13.6 does so
/// only under the <c>aspire</c> command: with <c>dotnet run</c> a failure is a log entry with its stack trace, three times, and the exit
/// code is 0.
/// </summary>
/// <param name="inner">Aspire's own.</param>
/// <param name="configuration">The AppHost's configuration.</param>
/// <param name="appHost">The AppHost.</param>
/// <param name="tellRest">Returns what was done in spite of a failure, in a line; null where nothing was.</param>
internal sealed class FailureReporter(
    IPipelineActivityReporter inner,
    IConfiguration configuration,
    AppHostProject appHost,
    Func<string?> tellRest
) : IPipelineActivityReporter
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Gets the failures that were told, in order, none twice.</summary>
    internal IReadOnlyCollection<string> Lines => _lines;

    public async Task<IReportingStep> CreateStepAsync(string title, CancellationToken cancellationToken = default) =>
        new Step(this, await inner.CreateStepAsync(title, cancellationToken));

    public async Task<IReportingStep> CreateStepAsync(
        string title,
        string? parentStepId,
        int hierarchyLevel,
        CancellationToken cancellationToken = default
    ) => new Step(this, await inner.CreateStepAsync(title, parentStepId, hierarchyLevel, cancellationToken));

    public async Task CompletePublishAsync(PublishCompletionOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.CompletionState == CompletionState.CompletedWithError)
        {
            if (_lines.IsEmpty)
                Tell(options.CompletionMessage ?? "Publishing failed.");
            if (tellRest() is { } rest)
            {
                await using var step = await inner.CreateStepAsync("written", cancellationToken);
                await step.CompleteAsync(rest, CompletionState.CompletedWithWarning, cancellationToken);
                Tell(rest);
            }
            // A test host that runs the AppHost in its own process has an exit code of its own.
            if (!StepOutput.IsShownElsewhere(configuration) && appHost.Assembly == Assembly.GetEntryAssembly())
                Environment.ExitCode = 1;
        }
        await inner.CompletePublishAsync(options, cancellationToken);
    }

    [Obsolete("As in Aspire.")]
    public Task CompletePublishAsync(
        string? completionMessage = null,
        CompletionState? completionState = null,
        CancellationToken cancellationToken = default
    ) =>
        CompletePublishAsync(
            new PublishCompletionOptions { CompletionMessage = completionMessage, CompletionState = completionState },
            cancellationToken
        );

    /// <summary>Tells one reason of several of a step that fails. The <c>aspire</c> command shows it as an error of the step.</summary>
    internal void Tell(IReportingStep step, string line)
    {
        step.Log(LogLevel.Error, line);
        Tell(line);
    }

    private void Tell(string line)
    {
        lock (_lines)
        {
            if (_lines.Contains(line))
                return;
            _lines.Enqueue(line);
        }
        if (!StepOutput.IsShownElsewhere(configuration))
            Console.Error.WriteLine($"error: {line}");
    }

    private sealed class Step(FailureReporter reporter, IReportingStep inner) : IReportingStep
    {
        public Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default) =>
            inner.CreateTaskAsync(statusText, cancellationToken);

        public Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default) =>
            inner.CreateTaskAsync(statusText, cancellationToken);

        [Obsolete("As in Aspire.")]
        public void Log(LogLevel logLevel, string message, bool enableMarkdown) => inner.Log(logLevel, message, enableMarkdown);

        public void Log(LogLevel logLevel, string message) => inner.Log(logLevel, message);

        public void Log(LogLevel logLevel, MarkdownString message) => inner.Log(logLevel, message);

        public Task CompleteAsync(
            string completionText,
            CompletionState completionState = CompletionState.Completed,
            CancellationToken cancellationToken = default
        )
        {
            // The step around the whole pipeline fails without a reason of its own.
            if (completionState == CompletionState.CompletedWithError && completionText != "Failed")
                reporter.Tell(completionText);
            return inner.CompleteAsync(completionText, completionState, cancellationToken);
        }

        public Task CompleteAsync(
            MarkdownString completionText,
            CompletionState completionState = CompletionState.Completed,
            CancellationToken cancellationToken = default
        )
        {
            if (completionState == CompletionState.CompletedWithError)
                reporter.Tell(completionText.Value);
            return inner.CompleteAsync(completionText, completionState, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
