using System.Buffers;
using System.Text;
using AspireDeploy.Api.Caching;
using AspireDeploy.Engines;
using AspireDeploy.Workload;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace AspireDeploy.Api.Tests.Caching;

public sealed class RedisEntriesTests
{
    private static readonly DistributedCacheEntryOptions Minute = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entry_WasRemoved_IsNotPutBackByAReadThatBeganBefore()
    {
        await using var redis = await GarnetServer.StartAsync(Cancellation);
        await using var link = await ConnectAsync(redis, new FakeTimeProvider());
        var entries = new RedisEntries(link);
        await SetAsync(entries, "item:1", "old");
        Assert.Equal("old", await GetAsync(entries, "item:1"));

        Assert.True(await entries.TryRemoveAsync("item:1"));
        await SetAsync(entries, "item:1", "old");

        Assert.Null(await GetAsync(entries, "item:1"));
    }

    [Fact]
    public async Task Entry_RedisWasDown_IsReadOnlyOnceTheOthersHadTimeToTellOfChanges()
    {
        var time = new FakeTimeProvider();
        await using var redis = await GarnetServer.StartAsync(Cancellation);
        await using var link = await ConnectAsync(redis, time);
        var entries = new RedisEntries(link);
        await SetAsync(entries, "item:1", "kept");

        await redis.KillAsync();
        await Until.TrueAsync(
            async () => await GetAsync(entries, "item:1") is null,
            TimeSpan.FromSeconds(60),
            () => "It was never noticed.",
            Cancellation
        );
        await redis.StartAgainAsync(Cancellation);
        // What was written a moment before the kill may not have reached the disk.
        await using var other = await ConnectAsync(redis, time);
        await SetAsync(new RedisEntries(other), "item:1", "kept");
        await UntilUpAsync(link);

        Assert.Null(await GetAsync(entries, "item:1"));
        // That a connection was lost may be told again for the other one of the two, and counts as an outage then.
        await Until.TrueAsync(
            async () =>
            {
                await UntilUpAsync(link);
                time.Advance(TimeSpan.FromSeconds(3));
                return await GetAsync(entries, "item:1") == "kept";
            },
            TimeSpan.FromSeconds(60),
            () => "It was never read again.",
            Cancellation
        );
    }

    private static async Task<RedisLink> ConnectAsync(GarnetServer redis, TimeProvider time)
    {
        var options = ConfigurationOptions.Parse(redis.ConnectionString);
        options.ReconnectRetryPolicy = new LinearRetry(250);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        var link = new RedisLink(options, time, NullLogger<RedisLink>.Instance);
        Assert.True(await link.ConnectAsync());
        await UntilUpAsync(link);
        return link;
    }

    private static Task UntilUpAsync(RedisLink link) =>
        Until.TrueAsync(
            async () => (await link.TryAsync("PING", 0, Timeout.InfiniteTimeSpan, static (database, _) => database.PingAsync())).Answered,
            TimeSpan.FromSeconds(60),
            () => "Redis never answered.",
            Cancellation
        );

    private static ValueTask SetAsync(RedisEntries entries, string key, string value) =>
        entries.SetAsync(key, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(value)), Minute, Cancellation);

    private static async Task<string?> GetAsync(RedisEntries entries, string key) =>
        await entries.GetAsync(key, Cancellation) is { } value ? Encoding.UTF8.GetString(value) : null;
}
