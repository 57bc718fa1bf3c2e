using AspireDeploy.Api.Items;

namespace AspireDeploy.Api.Caching;

/// <summary>
/// The items that this replica holds in its own memory: a fixed number of places, an item's place given by its number, a newcomer takes it
/// over. What is held may be answered only while this replica hears of changes, and only if it was read after the last change to its place;
/// comparing two times is all that invalidation takes, so a read that was overtaken by a change can't put an old item back.
/// </summary>
internal sealed class LocalItems(TimeProvider time)
{
    /// <summary>How long an item is held at most: what bounds staleness if a replica misses a change in spite of everything.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after a change a read that began before it may still be under way, with all its time limits. Also how long Redis refuses
    /// the old item.
    /// </summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    private const int Places = 4096;

    private readonly Entry?[] _entries = new Entry?[Places];
    private readonly long[] _changedAt = CreateChanges(time);
    private readonly long _lifetime = Ticks(time, Lifetime);
    private readonly long _settling = Ticks(time, Settling);
    private long _hearingUntil;
    private long _hearingSince;

    private sealed record Entry(int Id, StoredItem Item, long Begun);

    /// <summary>Now, as <see cref="Keep"/> wants to know it from before the item was read.</summary>
    internal long Now => time.GetTimestamp();

    /// <summary>The item, if this replica holds it and may answer it.</summary>
    internal StoredItem? Find(int id)
    {
        var place = Place(id);
        if (Volatile.Read(ref _entries[place]) is not { } entry || entry.Id != id)
            return null;
        var now = time.GetTimestamp();
        return
            now < Volatile.Read(ref _hearingUntil)
            && entry.Begun > Volatile.Read(ref _hearingSince)
            && entry.Begun > Volatile.Read(ref _changedAt[place])
            && now - entry.Begun < _lifetime
            ? entry.Item
            : null;
    }

    /// <summary>Holds an item.</summary>
    /// <param name="id">The item's number.</param>
    /// <param name="item">The item.</param>
    /// <param name="begun"><see cref="Now"/> from before it was read.</param>
    internal void Keep(int id, StoredItem item, long begun) => Volatile.Write(ref _entries[Place(id)], new Entry(id, item, begun));

    /// <summary>An item was changed, here or in another replica.</summary>
    internal void Changed(int id) => Volatile.Write(ref _changedAt[Place(id)], time.GetTimestamp());

    /// <summary>Whether an item was changed so lately that a shared read could still return what was before.</summary>
    internal bool IsSettling(int id) => time.GetTimestamp() - Volatile.Read(ref _changedAt[Place(id)]) < _settling;

    /// <summary>
    /// This replica has shown that it hears of changes: it may trust its memory for a while from <paramref name="shownAt"/>.
    /// </summary>
    internal void Hears(long shownAt)
    {
        if (time.GetTimestamp() >= Volatile.Read(ref _hearingUntil))
            Volatile.Write(ref _hearingSince, time.GetTimestamp());
        Volatile.Write(ref _hearingUntil, shownAt + _lifetime);
    }

    /// <summary>This replica may have missed changes: what it holds is no good any more.</summary>
    internal void MayHaveMissed() => Volatile.Write(ref _hearingUntil, 0);

    private static int Place(int id) => id & (Places - 1);

    private static long Ticks(TimeProvider time, TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private static long[] CreateChanges(TimeProvider time)
    {
        // Longer ago than anything can be settling, whatever the clock's origin.
        var changes = new long[Places];
        Array.Fill(changes, time.GetTimestamp() - 2 * Ticks(time, Settling));
        return changes;
    }
}
