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
                return await backing.CachedAsync("catalog:item:1") is not null;
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
    public async Task Replace_ReadersEverywhere_NoneSeesTheOldItemAfterTheAnswer()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var first = await Replica.StartAsync(backing.Environment, "first", Cancellation);
        await using var second = await Replica.StartAsync(backing.Environment, "second", Cancellation);
        var item = await first.Client.MakeAsync("0");
        await using var readers = Load.Start(
            4,
            second.NewClient,
            client => client.GetAsync(item.Path, Cancellation),
            answer => answer.IsSuccessStatusCode
        );
        await using var neighbours = Load.Start(
            2,
            first.NewClient,
            client => client.GetAsync(item.Path, Cancellation),
            answer => answer.IsSuccessStatusCode
        );
        await readers.UntilAnsweredAsync(50);

        for (var version = 1; version <= 100; version++)
        {
            var writer = version % 2 == 0 ? first : second;
            using (var answer = await writer.Client.ReplaceAsync(item.Path, $"{version}"))
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

            Assert.Equal($"{version}", await second.Client.NameAsync(item.Path));
            Assert.Equal($"{version}", await first.Client.NameAsync(item.Path));
        }
        await readers.StopAsync();
        await neighbours.StopAsync();
        Assert.Empty(readers.Failures.Concat(neighbours.Failures));
    }
}
