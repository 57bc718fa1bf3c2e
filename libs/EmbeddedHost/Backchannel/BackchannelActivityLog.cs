using System.Threading.Channels;
using Aspire.Hosting.Pipelines;

namespace Aspire.Hosting.Backchannel;

/// <summary>Keeps what happened in the pipeline until the aspire command asks for it.</summary>
internal sealed class BackchannelActivityLog(TimeProvider clock) : IActivityLog
{
    private readonly Channel<PublishingActivity> _activities = Channel.CreateUnbounded<PublishingActivity>();

    public IAsyncEnumerable<PublishingActivity> ReadAllAsync(CancellationToken cancellationToken) => _activities.Reader.ReadAllAsync(cancellationToken);

    public void Write(Activity activity) => _activities.Writer.TryWrite(Message(activity));

    private PublishingActivity Message(Activity activity) => activity switch
    {
        StepActivity step => new("step", new(step.Step.Id, step.Text.Length == 0 ? step.Step.Title : step.Text, State(step.State))
        {
            ParentStepId = step.Step.ParentId,
            HierarchyLevel = step.Step.Level,
            EnableMarkdown = step.Markdown,
        }),
        TaskActivity task => new("task", new(task.TaskId, task.Status, State(task.State))
        {
            StepId = task.Step.Id,
            CompletionMessage = task.State == CompletionState.InProgress ? null : task.Text,
            EnableMarkdown = task.Markdown,
        }),
        LogActivity log => new("log", new(Guid.NewGuid().ToString(), log.Text, State(CompletionState.Completed))
        {
            StepId = log.Step.Id,
            LogLevel = log.Level.ToString(),
            Timestamp = clock.GetUtcNow(),
            EnableMarkdown = log.Markdown,
        }),
        EndActivity end => new("publish-complete", new("publish-complete", end.Text, State(end.State))
        {
            PipelineSummary = [.. end.Summary.Select(item => new PipelineSummaryLine(item.Key, item.Value, item.EnableMarkdown))],
        }),
        _ => throw new ArgumentException($"The aspire command has no words for a {activity.GetType().Name}.", nameof(activity)),
    };

    private static string State(CompletionState state) => state.ToString();
}
