using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The annotations of one resource. Reading while another thread adds is safe: a reader sees the collection as it was when it began.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>, IEnumerable<IResourceAnnotation>
{
    private readonly Lock _lock = new();
    private volatile IResourceAnnotation[]? _snapshot;

    /// <summary>Creates an empty collection.</summary>
    public ResourceAnnotationCollection() : base([])
    {
    }

    IEnumerator<IResourceAnnotation> IEnumerable<IResourceAnnotation>.GetEnumerator() => Snapshot().AsEnumerable().GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => Snapshot().GetEnumerator();

    /// <inheritdoc />
    protected override void ClearItems()
    {
        lock (_lock)
        {
            base.ClearItems();
            _snapshot = null;
        }
    }

    /// <inheritdoc />
    protected override void InsertItem(int index, IResourceAnnotation item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_lock)
        {
            // Two threads may both have read Count before either inserted: the later one goes to the end.
            base.InsertItem(Math.Min(index, Count), item);
            _snapshot = null;
        }
    }

    /// <inheritdoc />
    protected override void RemoveItem(int index)
    {
        lock (_lock)
        {
            base.RemoveItem(index);
            _snapshot = null;
        }
    }

    /// <inheritdoc />
    protected override void SetItem(int index, IResourceAnnotation item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_lock)
        {
            base.SetItem(index, item);
            _snapshot = null;
        }
    }

    private IResourceAnnotation[] Snapshot()
    {
        if (_snapshot is { } current)
        {
            return current;
        }

        lock (_lock)
        {
            return _snapshot ??= [.. Items];
        }
    }
}
