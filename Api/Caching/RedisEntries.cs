using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace AspireDeploy.Api.Caching;

/// <summary>
/// What <see cref="Microsoft.Extensions.Caching.Hybrid.HybridCache"/> keeps in Redis, one plain string an entry. Unlike the stock
/// implementation, removing an entry leaves an empty one in its place for <see cref="LocalItems.Settling"/>, and an entry is written only
/// where there is none: so a read that began before a change can't put the old item back after it. While Redis is down, it is an empty
/// cache.
/// </summary>
internal sealed class RedisEntries(RedisLink redis) : IBufferDistributedCache
{
    private const string Prefix = "catalog:";

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        if (redis.MayHoldOldEntries)
            return false;
        var (_, value) = await redis.AskAsync("GET", key, static (database, key) => database.StringGetLeaseAsync(Prefix + key));
        using (value)
        {
            if (value is null || value.Length == 0)
                return false;
            destination.Write(value.Span);
            return true;
        }
    }

    public async ValueTask SetAsync(
        string key,
        ReadOnlySequence<byte> value,
        DistributedCacheEntryOptions options,
        CancellationToken token = default
    ) =>
        await redis.AskAsync("SET", (Key: Prefix + key, Value: value.ToArray(), Lifetime(options)), static (database, entry) =>
            database.StringSetAsync(entry.Key, entry.Value, entry.Item3, When.NotExists)
        );

    public Task RemoveAsync(string key, CancellationToken token = default) => TryRemoveAsync(key).AsTask();

    /// <summary>Replaces an entry by an empty one.</summary>
    /// <returns>Whether Redis did it.</returns>
    internal async ValueTask<bool> TryRemoveAsync(string key)
    {
        var (done, _) = await redis.AskAsync("SET", Prefix + key, static (database, key) =>
            database.StringSetAsync(key, RedisValue.EmptyString, LocalItems.Settling)
        );
        return done;
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        var found = new ArrayBufferWriter<byte>();
        return await TryGetAsync(key, found, token) ? found.WrittenSpan.ToArray() : null;
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        SetAsync(key, new ReadOnlySequence<byte>(value), options, token).AsTask();

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => throw NotAsynchronous();

    public bool TryGet(string key, IBufferWriter<byte> destination) => throw NotAsynchronous();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw NotAsynchronous();

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw NotAsynchronous();

    public void Refresh(string key) => throw NotAsynchronous();

    public void Remove(string key) => throw NotAsynchronous();

    private static TimeSpan? Lifetime(DistributedCacheEntryOptions options) => options.AbsoluteExpirationRelativeToNow;

    private static NotSupportedException NotAsynchronous() => new("Redis is asked asynchronously here.");
}
