using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

internal sealed class ReportingStep : IReportingStep
{
    private readonly ActivityReporter _reporter;
    private readonly ActivityStep _step;
    private readonly long _started;
    private readonly Lock _lock = new();
    private CompletionState _worst = CompletionState.Completed;
    private bool _ended;

    public ReportingStep(ActivityReporter reporter, ActivityStep step)
    {
        _reporter = reporter;
        _step = step;
        _started = reporter.Clock.GetTimestamp();
        reporter.Log.Write(new StepActivity(step, CompletionState.InProgress, step.Title, false, TimeSpan.Zero));
    }

    public ActivityReporter Reporter => _reporter;

    public ActivityStep Step => _step;

    public Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReportingTask>(new ReportingTask(this, statusText, markdown: false));

    public Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statusText);
        return Task.FromResult<IReportingTask>(new ReportingTask(this, statusText.Value, markdown: true));
    }

    public void Log(LogLevel logLevel, string message, bool enableMarkdown) => _reporter.Log.Write(new LogActivity(_step, logLevel, message, enableMarkdown));

    public void Log(LogLevel logLevel, string message) => Log(logLevel, message, false);

    public void Log(LogLevel logLevel, MarkdownString message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Log(logLevel, message.Value, true);
    }

    public Task CompleteAsync(string completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default) =>
        EndAsync(completionText, false, completionState);

    public Task CompleteAsync(MarkdownString completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(completionText);
        return EndAsync(completionText.Value, true, completionState);
    }

    public async ValueTask DisposeAsync()
    {
        CompletionState worst;
        lock (_lock)
        {
            worst = _worst;
        }

        await EndAsync("", false, worst).ConfigureAwait(false);
    }

    /// <summary>Remembers how a task ended: the step ends no better.</summary>
    internal void TaskEnded(CompletionState state)
    {
        lock (_lock)
        {
            _worst = state > _worst ? state : _worst;
        }
    }

    private Task EndAsync(string text, bool markdown, CompletionState state)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return Task.CompletedTask;
            }

            _ended = true;
        }

        _reporter.Log.Write(new StepActivity(_step, state, text, markdown, _reporter.Clock.GetElapsedTime(_started)));
        return Task.CompletedTask;
    }
}
