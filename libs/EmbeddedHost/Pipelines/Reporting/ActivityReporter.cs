using System.Collections.Concurrent;
using System.Globalization;

namespace Aspire.Hosting.Pipelines;

/// <summary>Tells an <see cref="IActivityLog"/> of the steps.</summary>
internal sealed class ActivityReporter(IActivityLog log, TimeProvider clock) : IPipelineActivityReporter
{
    private readonly ConcurrentDictionary<string, string> _idsByTitle = new(StringComparer.Ordinal);
    private int _lastId;

    public IActivityLog Log => log;

    public TimeProvider Clock => clock;

    public Task<IReportingStep> CreateStepAsync(string title, CancellationToken cancellationToken = default) => CreateStepAsync(title, null, 0, cancellationToken);

    public Task<IReportingStep> CreateStepAsync(string title, string? parentStepId, int hierarchyLevel, CancellationToken cancellationToken = default)
    {
        var parent = parentStepId is null ? null : _idsByTitle.GetValueOrDefault(parentStepId, parentStepId);
        var step = new ActivityStep(NextId(), title, parent, hierarchyLevel);
        _idsByTitle[title] = step.Id;
        return Task.FromResult<IReportingStep>(new ReportingStep(this, step));
    }

    public Task CompletePublishAsync(PublishCompletionOptions? options = null, CancellationToken cancellationToken = default)
    {
        log.Write(new EndActivity(options?.CompletionState ?? CompletionState.Completed, options?.CompletionMessage ?? "", options?.PipelineSummary ?? []));
        return Task.CompletedTask;
    }

    [Obsolete("Use CompletePublishAsync(PublishCompletionOptions, CancellationToken).")]
    public Task CompletePublishAsync(string? completionMessage = null, CompletionState? completionState = null, CancellationToken cancellationToken = default) =>
        CompletePublishAsync(new PublishCompletionOptions { CompletionMessage = completionMessage, CompletionState = completionState }, cancellationToken);

    internal string NextId() => Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
}
