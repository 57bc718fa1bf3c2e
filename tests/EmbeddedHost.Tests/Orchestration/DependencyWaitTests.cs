using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using EmbeddedHost.Tests.ApplicationModel.Notifications;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Orchestration;

public class DependencyWaitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_StepThatFailed_StandsWithTheReasonUntilTheStepIsRunAgain()
    {
        using var notifications = Publishing.Create();
        var migrator = Publishing.Resource("migrator");
        var api = Publishing.Resource("api", new WaitAnnotation(migrator, WaitType.WaitForCompletion));
        using var instance = new Instance(api, "api", 0);
        var waiting = new DependencyWait(notifications).WaitAsync(instance, NullLogger.Instance, Token);

        await notifications.PublishUpdateAsync(migrator, s => s with { State = KnownResourceStates.Exited, ExitCode = 1 });
        var failed = await UntilAsync(notifications, "api", s => s.State?.Text == KnownResourceStates.FailedToStart);
        Assert.Equal("migrator exited with code 1, expected 0", failed.Reason());
        Assert.Equal(KnownResourceStateStyles.Error, failed.State?.Style);

        await notifications.PublishUpdateAsync(migrator, s => s with { State = KnownResourceStates.Starting, ExitCode = null });
        await UntilAsync(notifications, "api", s => s.State?.Text == KnownResourceStates.Waiting);
        Assert.False(waiting.IsCompleted);
        await notifications.PublishUpdateAsync(migrator, s => s with { State = KnownResourceStates.Finished, ExitCode = 0 });
        await waiting.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    [Fact]
    public async Task Wait_OneReplicaOfTheStepFailedAndAnotherRuns_StandsStill()
    {
        using var notifications = Publishing.Create();
        var migrator = Publishing.Replicated("migrator", 2);
        var api = Publishing.Resource("api", new WaitAnnotation(migrator, WaitType.WaitForCompletion));
        using var instance = new Instance(api, "api", 0);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await notifications.PublishUpdateAsync(migrator, "migrator-0", s => s with { State = KnownResourceStates.Exited, ExitCode = 1 });
        await notifications.PublishUpdateAsync(migrator, "migrator-1", s => s with { State = KnownResourceStates.Running });
        var waiting = new DependencyWait(notifications).WaitAsync(instance, NullLogger.Instance, stopping.Token);
        var failed = await UntilAsync(notifications, "api", s => s.State?.Text == KnownResourceStates.FailedToStart);

        // Were the wait to spin, each of these updates would find it in another state.
        for (var i = 0; i < 100; i++)
            await notifications.PublishUpdateAsync(migrator, "migrator-1", s => s with { IconName = $"{i}" });
        await UntilAsync(notifications, "migrator-1", s => s.IconName == "99");
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.True(notifications.TryGetCurrentState("api", out var last));
        Assert.Equal(failed.Version, last.Snapshot.Version);
    }

    private static async Task<CustomResourceSnapshot> UntilAsync(ResourceNotificationService notifications, string id, Func<CustomResourceSnapshot, bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        return (await notifications.WatchAsync(limit.Token).FirstAsync(e => e.ResourceId == id && condition(e.Snapshot), limit.Token)).Snapshot;
    }
}
