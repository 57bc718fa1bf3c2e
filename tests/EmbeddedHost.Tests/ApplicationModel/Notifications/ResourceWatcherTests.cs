using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.Notifications;

public class ResourceWatcherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ResourceEvent Update(string id, long version)
        => new(Publishing.Resource("api"), id, new CustomResourceSnapshot { ResourceType = "Project", Properties = [], Version = version });

    [Fact]
    public async Task Next_WatcherThatStoppedReading_LosesTheOldestAndNeverTheLatest()
    {
        var watcher = new ResourceWatcher(null);
        watcher.Offer(Update("quiet", 1));
        for (var version = 1; version <= ResourceWatcher.Capacity * 3; version++)
            watcher.Offer(Update("busy", version));
        watcher.Complete();

        var seen = new List<ResourceEvent>();
        while (await watcher.NextAsync(Token) is { } update)
            seen.Add(update);

        Assert.Equal("quiet", seen[0].ResourceId);
        Assert.Equal(ResourceWatcher.Capacity, seen.Count - 1);
        Assert.Equal(ResourceWatcher.Capacity * 3, seen[^1].Snapshot.Version);
    }

    [Fact]
    public async Task Offer_UpdateSeenBefore_IsNotSeenAgain()
    {
        var watcher = new ResourceWatcher("api");
        watcher.Offer(Update("api", 2));
        watcher.Offer(Update("api", 1));
        watcher.Offer(Update("api", 2));
        watcher.Complete();

        Assert.Equal(2, (await watcher.NextAsync(Token))!.Snapshot.Version);
        Assert.Null(await watcher.NextAsync(Token));
    }

    [Fact]
    public async Task Next_Cancelled_Throws()
    {
        using var cancelling = new CancellationTokenSource();
        var next = new ResourceWatcher(null).NextAsync(cancelling.Token).AsTask();
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }
}
