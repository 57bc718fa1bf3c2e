using System.Runtime.Versioning;
using AspireDeploy.Engines;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using StackExchange.Redis;

namespace EmbeddedHost.Tests.Redis;

public class GarnetServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WrongPassword_IsRefused()
    {
        await using var server = await GarnetServer.StartAsync(Cancellation);

        var refusal = await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},password=wrong,connectRetry=0,connectTimeout=2000"));

        Assert.Equal(ConnectionFailureType.AuthenticationFailure, refusal.FailureType);
    }

    [Fact]
    public async Task Commands_OfRedisClients_Work()
    {
        await using var server = await GarnetServer.StartAsync(Cancellation);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var database = connection.GetDatabase();

        await database.StringSetAsync("text", "value", TimeSpan.FromMinutes(1));
        await database.HashSetAsync("hash", [new("a", "1"), new("b", "2")]);
        var scripted = await database.ScriptEvaluateAsync("redis.call('SET', KEYS[1], ARGV[1]) return redis.call('GET', KEYS[1])", ["scripted"], ["by Lua"]);

        Assert.Equal("value", (string?)await database.StringGetAsync("text"));
        Assert.InRange((await database.KeyTimeToLiveAsync("text"))!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await database.HashGetAllAsync("hash")).Length);
        Assert.Equal("by Lua", (string?)scripted);
    }

    [Fact]
    public async Task DistributedCache_SlidingAndAbsolute_Works()
    {
        await using var server = await GarnetServer.StartAsync(Cancellation);
        using var cache = new RedisCache(new RedisCacheOptions { Configuration = server.ConnectionString, InstanceName = "test:" });
        var options = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(1), AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) };

        await cache.SetAsync("key", [1, 2, 3], options, Cancellation);
        await cache.RefreshAsync("key", Cancellation);
        Assert.Equal([1, 2, 3], await cache.GetAsync("key", Cancellation));

        await cache.RemoveAsync("key", Cancellation);
        Assert.Null(await cache.GetAsync("key", Cancellation));
    }

    [Fact]
    public async Task StartAgain_AfterKill_KeepsData()
    {
        await using var server = await GarnetServer.StartAsync(Cancellation);
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString))
        {
            await connection.GetDatabase().StringSetAsync("text", "kept");
            await connection.GetDatabase().HashSetAsync("hash", [new("a", "1")]);
        }

        await server.KillAsync();
        await server.StartAgainAsync(Cancellation);

        await using var again = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.Equal("kept", (string?)await again.GetDatabase().StringGetAsync("text"));
        Assert.Equal("1", (string?)await again.GetDatabase().HashGetAsync("hash", "a"));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Start_Password_IsNotOnTheCommandLine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the command line is read from /proc");
        await using var server = await GarnetServer.StartAsync(Cancellation);

        var commandLine = await File.ReadAllTextAsync($"/proc/{server.ProcessId}/cmdline", Cancellation);

        Assert.DoesNotContain(server.Password, commandLine, StringComparison.Ordinal);
        var configuration = commandLine.Split('\0', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(configuration));
    }
}
