namespace Aspire.Hosting.Pipelines;

internal sealed class ReportingTask : IReportingTask
{
    private readonly ReportingStep _step;
    private readonly string _id;
    private readonly long _started;
    private string _status;
    private int _ended;

    public ReportingTask(ReportingStep step, string status, bool markdown)
    {
        _step = step;
        _id = step.Reporter.NextId();
        _started = step.Reporter.Clock.GetTimestamp();
        _status = status;
        Write(CompletionState.InProgress, status, markdown);
    }

    public Task UpdateAsync(string statusText, CancellationToken cancellationToken = default) => UpdateAsync(statusText, markdown: false);

    public Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statusText);
        return UpdateAsync(statusText.Value, markdown: true);
    }

    public Task CompleteAsync(string? completionMessage = null, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default) =>
        EndAsync(completionMessage ?? "", false, completionState);

    public Task CompleteAsync(MarkdownString completionMessage, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(completionMessage);
        return EndAsync(completionMessage.Value, true, completionState);
    }

    public async ValueTask DisposeAsync() => await EndAsync("", false, CompletionState.Completed).ConfigureAwait(false);

    private Task UpdateAsync(string status, bool markdown)
    {
        if (Volatile.Read(ref _ended) == 0)
        {
            _status = status;
            Write(CompletionState.InProgress, status, markdown);
        }

        return Task.CompletedTask;
    }

    private Task EndAsync(string text, bool markdown, CompletionState state)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _step.TaskEnded(state);
            Write(state, text, markdown);
        }

        return Task.CompletedTask;
    }

    private void Write(CompletionState state, string text, bool markdown) =>
        _step.Reporter.Log.Write(new TaskActivity(_step.Step, _id, _status, state, text, markdown, _step.Reporter.Clock.GetElapsedTime(_started)));
}
