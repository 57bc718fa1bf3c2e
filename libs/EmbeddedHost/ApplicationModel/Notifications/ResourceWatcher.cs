namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// What one watcher has yet to see. A watcher that keeps up sees every update of an instance in order. One that doesn't loses the oldest beyond <see cref="Capacity"/>
/// per instance, never the latest, so that a watcher that has stopped reading costs a bounded amount of memory.
/// </summary>
/// <param name="resourceName">The resource whose updates are of interest; null for all.</param>
internal sealed class ResourceWatcher(string? resourceName)
{
    /// <summary>How many updates of one instance a watcher can be behind.</summary>
    public const int Capacity = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly Queue<Instance> _order = new();
    private TaskCompletionSource _something = NewSignal();
    private bool _completed;

    /// <summary>Adds an update, unless it, or one after it, was added before.</summary>
    public void Offer(ResourceEvent update)
    {
        if (resourceName is not null && !StringComparer.OrdinalIgnoreCase.Equals(resourceName, update.Resource.Name))
            return;

        lock (_lock)
        {
            if (!_instances.TryGetValue(update.ResourceId, out var instance))
                _instances.Add(update.ResourceId, instance = new Instance());
            if (_completed || update.Snapshot.Version <= instance.Latest)
                return;

            instance.Latest = update.Snapshot.Version;
            instance.Pending.Enqueue(update);
            if (instance.Pending.Count > Capacity)
                instance.Pending.Dequeue(); // Its place in the order stays, and is the next one's.
            else
                _order.Enqueue(instance);
            _something.TrySetResult();
        }
    }

    /// <summary>No more is coming: the watcher ends once it has seen what is left.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            _something.TrySetResult();
        }
    }

    /// <summary>The next update; null when no more is coming.</summary>
    public async ValueTask<ResourceEvent?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task something;
            lock (_lock)
            {
                if (_order.TryDequeue(out var instance))
                    return instance.Pending.Dequeue();
                if (_completed)
                    return null;
                if (_something.Task.IsCompleted)
                    _something = NewSignal();
                something = _something.Task;
            }

            await something.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Instance
    {
        public Queue<ResourceEvent> Pending { get; } = new();
        public long Latest { get; set; }
    }
}
