using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protocol;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// The state of every resource, kept for whoever watches. A watcher gets the whole of it and then what changes; one that reads slowly skips
/// states in between, but always gets the last.
/// </summary>
internal sealed class ResourceFeed(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Protocol.Resource> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Watcher> _watchers = [];
    private readonly DateTime _began = time.GetUtcNow().UtcDateTime;

    /// <summary>Takes in what <paramref name="events"/> tells until it ends.</summary>
    public async Task ReadAsync(IAsyncEnumerable<ResourceEvent> events, CancellationToken cancellationToken)
    {
        await foreach (var resourceEvent in events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Add(ResourceMessage.From(resourceEvent, _began));
        }
    }

    /// <summary>The present state, then its changes, without end.</summary>
    public async IAsyncEnumerable<WatchResourcesUpdate> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watcher = new Watcher();
        var initial = new InitialResourceData();
        lock (_gate)
        {
            initial.Resources.AddRange(_resources.Values);
            _watchers.Add(watcher);
        }

        try
        {
            yield return new() { InitialData = initial };
            while (true)
            {
                await watcher.Changed.WaitAsync(cancellationToken).ConfigureAwait(false);
                var changes = new WatchResourcesChanges();
                lock (_gate)
                {
                    changes.Value.AddRange(watcher.Pending.Values.Select(resource => new WatchResourcesChange { Upsert = resource }));
                    watcher.Pending.Clear();
                }

                yield return new() { Changes = changes };
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    private void Add(Protocol.Resource resource)
    {
        lock (_gate)
        {
            _resources[resource.Name] = resource;
            foreach (var watcher in _watchers)
            {
                watcher.Pending[resource.Name] = resource;
                if (watcher.Pending.Count == 1 && watcher.Changed.CurrentCount == 0)
                {
                    watcher.Changed.Release();
                }
            }
        }
    }

    private sealed class Watcher : IDisposable
    {
        public Dictionary<string, Protocol.Resource> Pending { get; } = new(StringComparer.OrdinalIgnoreCase);

        public SemaphoreSlim Changed { get; } = new(0, 1);

        public void Dispose() => Changed.Dispose();
    }
}
