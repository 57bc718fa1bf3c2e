using System.Globalization;
using AspireDeploy.Api.Items;
using AspireDeploy.Data;
using ZiggyCreatures.Caching.Fusion;

namespace AspireDeploy.Api.Caching;

/// <summary>
/// Returns items from the nearest place that has them: this replica's memory, Redis, PostgreSQL (docs/decisions/api-cache.md).
/// </summary>
internal sealed class ItemCache
{
    /// <summary>How long an item that was changed isn't cached: a reading that began before may still be under way.</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly ItemStore _store;
    private readonly TimeProvider _time;
    private readonly IFusionCache? _cache;
    private readonly RedisAvailability? _redis;

    // When something of a place was last changed; an item's place is given by its key.
    private readonly long[] _changes = new long[4096];

    public ItemCache(ItemStore store, TimeProvider time, IFusionCache? cache = null, RedisAvailability? redis = null)
    {
        (_store, _time, _cache, _redis) = (store, time, cache, redis);
        Array.Fill(_changes, long.MinValue / 2);
        if (cache is not null)
            cache.Events.Backplane.MessageReceived += (_, received) => Mark(received.Message.CacheKey ?? "");
    }

    /// <summary>Returns an item, or null.</summary>
    internal ValueTask<Item?> GetAsync(int id, CancellationToken cancellationToken)
    {
        var key = Key(id);
        return _cache is null || !_redis!.IsUsable || IsSettling(key)
            ? _store.FindAsync(id, cancellationToken)
            : _cache.GetOrSetAsync<Item?>(
                key,
                (context, cancellationToken) => LoadAsync(key, id, context, cancellationToken),
                token: cancellationToken
            );
    }

    /// <summary>Changes an item, and tells every replica before and after.</summary>
    internal async Task<(Item? Item, bool IsChanged)> ChangeAsync(
        int id,
        Precondition condition,
        Action<CatalogContext, Item> change,
        CancellationToken cancellationToken
    )
    {
        await RemoveAsync(Key(id));
        try
        {
            return await _store.ChangeAsync(id, condition, change, cancellationToken);
        }
        finally
        {
            // Also after a failure: the database may have done it all the same.
            await RemoveAsync(Key(id));
        }
    }

    private async Task<Item?> LoadAsync(
        string key,
        int id,
        FusionCacheFactoryExecutionContext<Item?> context,
        CancellationToken cancellationToken
    )
    {
        var began = _time.GetTimestamp();
        var item = await _store.FindAsync(id, cancellationToken);
        // What there isn't isn't cached either: a new item is seen at once.
        if (item is null || IsSettling(key) || _time.GetElapsedTime(began) > Settling)
            context.Options.SetSkipMemoryCacheWrite().SetSkipDistributedCacheWrite(true, true);
        context.Options.SetSkipBackplaneNotifications(true);
        return item;
    }

    private async ValueTask RemoveAsync(string key)
    {
        Mark(key);
        if (_cache is not null)
            await _cache.RemoveAsync(key);
    }

    private void Mark(string key) => Volatile.Write(ref Place(key), _time.GetTimestamp());

    private bool IsSettling(string key) => _time.GetElapsedTime(Volatile.Read(ref Place(key))) < Settling;

    private ref long Place(string key) => ref _changes[(uint)key.GetHashCode(StringComparison.Ordinal) % (uint)_changes.Length];

    private static string Key(int id) => string.Create(CultureInfo.InvariantCulture, $"item:{id}");
}
