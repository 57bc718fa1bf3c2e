using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbeddedHost.Tests.ApplicationModel.Notifications;

public class ResourceNotificationServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_SnapshotThatSaysNothingNew_TellsNobody()
    {
        using var service = Publishing.Create();
        var api = Publishing.Resource("api");
        await service.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Starting });
        await service.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Starting, Properties = [] });
        await service.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Running });

        Assert.True(service.TryGetCurrentState("api", out var known));
        Assert.Equal(2, known.Snapshot.Version);
    }

    [Fact]
    public async Task Publish_IdOfAnotherResource_Throws()
    {
        using var service = Publishing.Create();
        await service.PublishUpdateAsync(Publishing.Resource("api"), "api-1", s => s);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => service.PublishUpdateAsync(Publishing.Resource("web"), "api-1", s => s));

        Assert.Contains("'api'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_ResourceWithReplicas_UpdatesEachOfThem()
    {
        using var service = Publishing.Create();
        await service.PublishUpdateAsync(Publishing.Replicated("api", 3), s => s with { State = KnownResourceStates.Running });

        Assert.Equal(["api-0", "api-1", "api-2"], service.InstancesOf("API").Select(e => e.ResourceId).Order());
        Assert.False(service.TryGetCurrentState("api", out _));
        Assert.True(service.TryGetCurrentState("api-1", out _));
    }

    [Fact]
    public async Task Publish_ResourceThatDies_IsNeitherHealthyNorReadyAnyMore()
    {
        using var service = Publishing.Create();
        var api = Publishing.Resource("api");
        await service.PublishUpdateAsync(api, s => (s with { State = KnownResourceStates.Running, Ready = Task.CompletedTask }).Report(new HealthReportSnapshot("ready", HealthStatus.Healthy, "fine", null)));
        Assert.True(service.TryGetCurrentState("api", out var first));
        Assert.Equal(HealthStatus.Healthy, first.Snapshot.HealthStatus);

        await service.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Exited });
        Assert.True(service.TryGetCurrentState("api", out var dead));
        Assert.Null(dead.Snapshot.HealthStatus);
        Assert.Null(dead.Snapshot.Ready);

        await service.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Running });
        Assert.True(service.TryGetCurrentState("api", out var back));
        Assert.Equal(HealthStatus.Unhealthy, back.Snapshot.HealthStatus);
        Assert.Equal(new HealthReportSnapshot("ready", null, null, null), Assert.Single(back.Snapshot.HealthReports));
        Assert.Equal(first.Snapshot.Run + 1, back.Snapshot.Run);
    }

    [Fact]
    public async Task Publish_NewStartTimeWhileRunning_IsAnotherRun()
    {
        using var service = Publishing.Create();
        var api = Publishing.Resource("api");
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await service.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Running, StartTimeStamp = start, Ready = Task.CompletedTask });
        await service.PublishUpdateAsync(api, s => s with { StartTimeStamp = start.AddSeconds(1) });

        Assert.True(service.TryGetCurrentState("api", out var known));
        Assert.Equal(2, known.Snapshot.Run);
        Assert.Null(known.Snapshot.Ready);
    }

    [Fact]
    public async Task Publish_ResourceThatNoLongerWaits_DropsWhatItWaitedFor()
    {
        using var service = Publishing.Create();
        var api = Publishing.Resource("api");
        await service.PublishUpdateAsync(api, s => (s with { State = KnownResourceStates.Waiting }).WithReason("Waits for migrator.").WithProperty(KnownResourceProperties.WaitingFor, (string[])["migrator"]));
        await service.PublishUpdateAsync(api, s => (s with { State = KnownResourceStates.FailedToStart }).WithReason("migrator exited with code 1, expected 0"));
        Assert.True(service.TryGetCurrentState("api", out var failed));
        Assert.Equal("migrator exited with code 1, expected 0", failed.Snapshot.Reason());
        Assert.DoesNotContain(failed.Snapshot.Properties, p => p.Name == KnownResourceProperties.WaitingFor);

        await service.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Starting });
        Assert.True(service.TryGetCurrentState("api", out var starting));
        Assert.Empty(starting.Snapshot.Properties);
    }

    [Fact]
    public async Task Publish_ResourceWithCommand_CommandFollowsTheState()
    {
        using var service = Publishing.Create();
        var api = Publishing.Resource("api", new ResourceCommandAnnotation(
            "drain",
            "Drain",
            context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            _ => Task.FromResult(CommandResults.Success()),
            "Takes no more requests", null, null, null, null, isHighlighted: true, ResourceCommandVisibility.UI));

        await service.PublishUpdateAsync(api, s => s);
        Assert.True(service.TryGetCurrentState("api", out var idle));
        await service.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Running });
        Assert.True(service.TryGetCurrentState("api", out var running));

        Assert.Equal(ResourceCommandState.Disabled, Assert.Single(idle.Snapshot.Commands).State);
        Assert.Equal(ResourceCommandState.Enabled, Assert.Single(running.Snapshot.Commands).State);
        Assert.Equal(ResourceCommandVisibility.UI, running.Snapshot.Commands[0].Visibility);
    }

    [Fact]
    public async Task Watch_BegunLate_StartsWithWhatIsKnownOfEachInstance()
    {
        using var service = Publishing.Create();
        await service.PublishUpdateAsync(Publishing.Replicated("api", 2), s => s with { State = KnownResourceStates.Running });
        await service.PublishUpdateAsync(Publishing.Resource("db"), s => s with { State = KnownResourceStates.Exited });

        var seen = await service.WatchAsync(Token).Take(3).ToDictionaryAsync(e => e.ResourceId, e => e.Snapshot.State?.Text, cancellationToken: Token);

        Assert.Equal([("api-0", "Running"), ("api-1", "Running"), ("db", "Exited")], seen.Select(e => (e.Key, e.Value!)).Order());
    }

    [Fact]
    public async Task Watch_ServiceDisposed_Ends()
    {
        var service = Publishing.Create();
        var watching = service.WatchAsync(Token).CountAsync(Token).AsTask();
        service.Dispose();

        Assert.Equal(0, await watching);
        Assert.Equal(0, await service.WatchAsync(Token).CountAsync(Token));
    }

    [Fact]
    public async Task Watch_ManyPublishersAndWatchers_EveryWatcherSeesEveryLastState()
    {
        const int Instances = 8, Updates = 500;
        using var service = Publishing.Create();
        var api = Publishing.Replicated("api", Instances);
        var last = $"{Updates}";

        var watchers = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            var newest = new Dictionary<string, long>();
            var done = new HashSet<string>();
            await foreach (var update in service.WatchAsync(Token))
            {
                Assert.True(update.Snapshot.Version > newest.GetValueOrDefault(update.ResourceId), "updates of an instance come in order");
                newest[update.ResourceId] = update.Snapshot.Version;
                if (update.Snapshot.State?.Text == last && done.Add(update.ResourceId) && done.Count == Instances)
                    return;
            }
        }, Token)).ToArray();
        await Task.WhenAll(api.InstanceIds().Select(id => Task.Run(async () =>
        {
            for (var i = 1; i <= Updates; i++)
                await service.PublishUpdateAsync(api, id, s => s with { State = $"{i}" });
        }, Token)));

        await Task.WhenAll(watchers).WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    [Fact]
    public async Task Publish_SameInstanceFromManyThreads_LosesNoUpdate()
    {
        using var service = Publishing.Create();
        var api = Publishing.Resource("api");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 250; i++)
                await service.PublishUpdateAsync(api, s => s with { ExitCode = (s.ExitCode ?? 0) + 1 });
        }, Token)));

        Assert.True(service.TryGetCurrentState("api", out var known));
        Assert.Equal(2000, known.Snapshot.ExitCode);
    }
}
