using System.Diagnostics;
using AspireDeploy.Workload;

namespace AspireDeploy.Api.Tests.Caching;

public sealed class RedisOutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outage_Killed_NoRequestFailsAndTheCacheComesBack()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(backing.Environment, "one", Cancellation);
        await UntilCachedAsync(backing, replica, 1);
        var item = await replica.Client.MakeAsync();
        await using var readers = Load.Start(
            4,
            replica.NewClient,
            client => client.GetAsync("/items/1", Cancellation),
            answer => answer.IsSuccessStatusCode
        );
        await using var writers = Load.Start(
            2,
            replica.NewClient,
            client => client.ReplaceAsync(item.Path, "New"),
            answer => answer.IsSuccessStatusCode
        );
        await readers.UntilAnsweredAsync(50);

        await backing.Redis.KillAsync();
        await readers.UntilAnsweredAsync(200);
        await writers.UntilAnsweredAsync(50);
        await replica.Process.UntilHealthyAsync(Cancellation);
        await backing.Redis.StartAgainAsync(Cancellation);
        await UntilCachedAsync(backing, replica, 2);
        await readers.StopAsync();
        await writers.StopAsync();

        Assert.Empty(readers.Failures.Concat(writers.Failures));
        Assert.DoesNotContain(replica.Process.Output, line => line.StartsWith("fail:", StringComparison.Ordinal));
        Assert.DoesNotContain(backing.Redis.Password, replica.Process.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outage_Frozen_NoRequestFails()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows can't freeze a process by a signal.");
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(backing.Environment, "one", Cancellation);
        await UntilCachedAsync(backing, replica, 1);

        Signals.Freeze(backing.Redis.ProcessId);

        for (var round = 0; round < 5; round++)
        {
            Assert.Equal("Desk lamp", await replica.Client.NameAsync("/items/1"));
            var item = await replica.Client.MakeAsync();
            using var answer = await replica.Client.ReplaceAsync(item.Path, "New", item.ETag);
            Assert.Equal("New", await replica.Client.NameAsync(item.Path));
        }

        Signals.Thaw(backing.Redis.ProcessId);
        await UntilCachedAsync(backing, replica, 2);
    }

    [Fact]
    public async Task Outage_FromTheStart_ServesWithoutAndLaterWith()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await backing.Redis.KillAsync();
        await using var first = await Replica.StartAsync(backing.Environment, "first", Cancellation);
        await using var second = await Replica.StartAsync(backing.Environment, "second", Cancellation);

        Assert.Equal("Desk lamp", await first.Client.NameAsync("/items/1"));
        Assert.Equal("Desk lamp", await second.Client.NameAsync("/items/1"));
        await backing.Redis.StartAgainAsync(Cancellation);

        await UntilCachedAsync(backing, first, 1);
        await UntilCachedAsync(backing, second, 2);
        // Both hold it, and the one hears of the other's change.
        Assert.Equal("Desk lamp", await first.Client.NameAsync("/items/1"));
        Assert.Equal("Desk lamp", await second.Client.NameAsync("/items/1"));
        using (await first.Client.ReplaceAsync("/items/1", "New")) { }
        var answered = Stopwatch.GetTimestamp();
        while (await second.Client.NameAsync("/items/1") != "New")
            Assert.True(Stopwatch.GetElapsedTime(answered) < TimeSpan.FromSeconds(1), "It never heard of the change.");
    }

    [Fact]
    public async Task Outage_ItemIsReplacedMeanwhile_NoReplicaAnswersTheOldOneThatRedisKept()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var first = await Replica.StartAsync(backing.Environment, "first", Cancellation);
        await using var second = await Replica.StartAsync(backing.Environment, "second", Cancellation);
        await UntilCachedAsync(backing, first, 1);
        var old = await backing.CachedAsync(1);

        await backing.Redis.KillAsync();
        await first.Process.UntilSaysAsync("Redis doesn't answer", Cancellation);
        using (await first.Client.ReplaceAsync("/items/1", "New")) { }
        await backing.Redis.StartAgainAsync(Cancellation);
        Assert.Equal(old, await backing.CachedAsync(1));

        // Until Redis has the new item, every read is a chance to see the old one.
        await Until.TrueAsync(
            async () =>
            {
                Assert.Equal("New", await second.Client.NameAsync("/items/1"));
                Assert.Equal("New", await first.Client.NameAsync("/items/1"));
                return await backing.CachedAsync(1) is { Length: > 0 } cached && !cached.SequenceEqual(old!);
            },
            TimeSpan.FromSeconds(120),
            () => "The new item never came to Redis.",
            Cancellation
        );
    }

    private static Task UntilCachedAsync(Backing backing, Replica replica, int id) =>
        Until.TrueAsync(
            async () =>
            {
                await replica.Client.NameAsync($"/items/{id}");
                return await backing.CachedAsync(id) is { Length: > 0 };
            },
            TimeSpan.FromSeconds(120),
            () => $"Item {id} never came to Redis: {replica.Process.Everything()}",
            Cancellation
        );
}
