using System.Diagnostics;
using System.Net;
using AspireDeploy.Workload;

namespace AspireDeploy.Api.Tests.Caching;

public sealed class ItemCacheTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OnceReadThroughOneReplica_NeedsNoDatabaseThroughAny()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var first = await Replica.StartAsync(backing.Environment, "first", Cancellation);
        await using var second = await Replica.StartAsync(backing.Environment, "second", Cancellation);
        await Until.TrueAsync(
            async () =>
            {
                await first.Client.NameAsync("/items/1");
                return await backing.CachedAsync(1) is not null;
            },
            TimeSpan.FromSeconds(60),
            () => "The item never came to Redis.",
            Cancellation
        );

        await backing.Postgres.KillAsync();

        Assert.Equal("Desk lamp", await first.Client.NameAsync("/items/1"));
        Assert.Equal("Desk lamp", await second.Client.NameAsync("/items/1"));
        using var uncached = await second.Client.GetAsync("/items/2", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, uncached.StatusCode);
    }

    [Fact]
    public async Task Replace_ReadersEverywhere_IsSeenAtOnceThroughTheWriterAndWithinTheBoundThroughOthers()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var first = await Replica.StartAsync(backing.Environment, "first", Cancellation);
        await using var second = await Replica.StartAsync(backing.Environment, "second", Cancellation);
        var hot = await first.Client.MakeAsync();
        await using var readers = Load.Start(
            4,
            second.NewClient,
            client => client.GetAsync(hot.Path, Cancellation),
            answer => answer.IsSuccessStatusCode
        );
        await using var writers = Load.Start(
            1,
            first.NewClient,
            client => client.ReplaceAsync(hot.Path, "Hot"),
            answer => answer.IsSuccessStatusCode
        );
        await readers.UntilAnsweredAsync(50);

        var stale = new List<TimeSpan>();
        for (var i = 0; i < 200; i++)
        {
            var (writer, other) = i % 2 == 0 ? (first, second) : (second, first);
            var item = await writer.Client.MakeAsync("Old");
            // Both hold it now.
            Assert.Equal("Old", await other.Client.NameAsync(item.Path));
            Assert.Equal("Old", await writer.Client.NameAsync(item.Path));

            using (var answer = await writer.Client.ReplaceAsync(item.Path, "New"))
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var answered = Stopwatch.GetTimestamp();

            var old = TimeSpan.Zero;
            while (await other.Client.NameAsync(item.Path) != "New")
            {
                old = Stopwatch.GetElapsedTime(answered);
                Assert.True(old < TimeSpan.FromSeconds(4), "It was never seen.");
            }
            stale.Add(old);
            Assert.Equal("New", await writer.Client.NameAsync(item.Path));
        }
        await readers.StopAsync();
        await writers.StopAsync();
        Assert.Empty(readers.Failures.Concat(writers.Failures));
        stale.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"stale through the other replica: p99 {stale[^3].TotalMilliseconds} ms, at most {stale[^1].TotalMilliseconds} ms"
        );
        Assert.InRange(stale[^3], TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }
}
