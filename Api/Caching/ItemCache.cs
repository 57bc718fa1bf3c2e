using System.Diagnostics;
using System.Globalization;
using AspireDeploy.Api.Items;
using Microsoft.Extensions.Caching.Hybrid;

namespace AspireDeploy.Api.Caching;

/// <summary>
/// Items from the nearest place that has them: this replica's memory, Redis, PostgreSQL (docs/decisions/api-cache.md). Without Redis there
/// is no way to tell other replicas of a change, so nothing is held at all.
/// </summary>
/// <param name="store">The items in PostgreSQL.</param>
/// <param name="shared">What replicas share over Redis; null without Redis.</param>
/// <param name="local">What this replica holds.</param>
/// <param name="changes">Tells of changes; null without Redis.</param>
internal sealed class ItemCache(ItemStore store, LocalItems local, HybridCache? shared = null, ItemChanges? changes = null)
{
    /// <summary>How long Redis holds an item at most.</summary>
    internal static readonly TimeSpan SharedLifetime = TimeSpan.FromMinutes(1);

    // HybridCache's own memory doesn't hear of other replicas' changes; LocalItems does. What isn't there isn't
    // cached either, so a new item is seen at once: entries are written separately, only for what was found.
    private static readonly HybridCacheEntryOptions Read = new()
    {
        Flags = HybridCacheEntryFlags.DisableLocalCache | HybridCacheEntryFlags.DisableDistributedCacheWrite,
    };
    private static readonly HybridCacheEntryOptions Write = new()
    {
        Flags = HybridCacheEntryFlags.DisableLocalCache,
        Expiration = SharedLifetime,
    };

    /// <summary>An item, or null.</summary>
    internal ValueTask<StoredItem?> GetAsync(int id, CancellationToken cancellationToken) =>
        local.Find(id) is { } held ? new(held) : FetchAsync(id, cancellationToken);

    /// <summary>Makes a change to an item, known to every replica when this returns.</summary>
    internal async Task<T> ChangeAsync<T>(int id, Func<Task<T>> change)
    {
        if (changes is null)
            return await change();
        await changes.BeginAsync(id);
        try
        {
            return await change();
        }
        finally
        {
            // Also after a failure: the database may have done it all the same.
            await changes.EndAsync(id);
        }
    }

    /// <summary>An item's key in Redis.</summary>
    internal static string Key(int id) => string.Create(CultureInfo.InvariantCulture, $"item:{id}");

    private async ValueTask<StoredItem?> FetchAsync(int id, CancellationToken cancellationToken)
    {
        if (shared is null || local.IsSettling(id))
            return await LoadAsync(id, cancellationToken);
        var begun = local.Now;
        var loading = new Loading(this, id);
        var item = await shared.GetOrCreateAsync(
            Key(id),
            loading,
            static (loading, cancel) => loading.RunAsync(cancel),
            Read,
            cancellationToken: cancellationToken
        );
        if (loading.Loaded is { } loaded)
            await shared.SetAsync(Key(id), loaded, Write, cancellationToken: cancellationToken);
        if (item is not null)
            local.Keep(id, item, begun);
        return item;
    }

    private async Task<StoredItem?> LoadAsync(int id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } item ? StoredItem.Of(item) : null;

    /// <summary>One reading from PostgreSQL, which many requests may wait for; only the one that did it writes to Redis.</summary>
    private sealed class Loading(ItemCache cache, int id)
    {
        private readonly Activity? _request = Activity.Current;

        internal StoredItem? Loaded { get; private set; }

        internal async ValueTask<StoredItem?> RunAsync(CancellationToken cancellationToken)
        {
            // HybridCache runs this away from the request; its trace goes on here all the same.
            Activity.Current = _request;
            return Loaded = await cache.LoadAsync(id, cancellationToken);
        }
    }
}
