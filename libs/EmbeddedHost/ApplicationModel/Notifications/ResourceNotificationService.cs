using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps what is known about each resource, and tells those who watch or wait. Safe to use from many threads.</summary>
public partial class ResourceNotificationService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceRecord> _records = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILogger<ResourceNotificationService> _logger;
    private readonly IServiceProvider _services;
    private readonly ResourceLoggerService _loggers;
    private readonly Lock _watchersLock = new();
    private ImmutableArray<ResourceWatcher> _watchers = [];
    private bool _disposed;

    /// <summary>Creates the service.</summary>
    /// <param name="logger">Told of changes of state.</param>
    /// <param name="hostApplicationLifetime">Not used.</param>
    /// <param name="serviceProvider">Given to the commands of resources.</param>
    /// <param name="resourceLoggerService">Told what a resource waits for.</param>
    [SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "Part of Aspire's API.")]
    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger,
        IHostApplicationLifetime hostApplicationLifetime,
        IServiceProvider serviceProvider,
        ResourceLoggerService resourceLoggerService)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(serviceProvider);
        ArgumentNullException.ThrowIfNull(resourceLoggerService);
        _logger = logger;
        _services = serviceProvider;
        _loggers = resourceLoggerService;
    }

    /// <summary>Publishes an update of every instance of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="stateFactory">Makes the new snapshot of an instance from its last one.</param>
    /// <returns>A task that is completed.</returns>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var id in resource.InstanceIds())
            await PublishUpdateAsync(resource, id, stateFactory);
    }

    /// <summary>Publishes an update of an instance of a resource. A snapshot that says nothing new is not published.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="resourceId">Which of its instances.</param>
    /// <param name="stateFactory">Makes the new snapshot from the last one. It is called while other updates of the instance wait, so it must not block.</param>
    /// <returns>A task that is completed.</returns>
    /// <exception cref="InvalidOperationException">The id belongs to another resource.</exception>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(resourceId);
        ArgumentNullException.ThrowIfNull(stateFactory);

        var record = _records.GetOrAdd(resourceId, static (id, r) => new ResourceRecord(r, id), resource);
        if (record.Resource != resource)
            throw new InvalidOperationException($"The id '{resourceId}' belongs to the resource '{record.Resource.Name}', not to '{resource.Name}'.");

        lock (record)
        {
            var last = record.Latest?.Snapshot;
            var before = last ?? ResourceSnapshots.Initial(resource);
            var after = ResourceSnapshots.Derive(resource, before, stateFactory(before), _services);
            if (last is not null && SnapshotContent.Same(last, after))
                return Task.CompletedTask;

            var update = new ResourceEvent(resource, record.Id, after with { Version = ++record.Version });
            record.Latest = update;

            foreach (var watcher in _watchers)
                watcher.Offer(update);

            if (last?.State?.Text != after.State?.Text)
                _logger.LogDebug("{ResourceId}: {Before} -> {After}", record.Id, last?.State?.Text ?? "(no state)", after.State?.Text ?? "(no state)");
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Watches all resources: first what is known of each instance now, then every update. Updates of one instance come in order. A watcher that falls more than
    /// 256 updates of an instance behind loses the oldest of them, never the latest.
    /// </summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>The updates. They end when the service is disposed.</returns>
    public IAsyncEnumerable<ResourceEvent> WatchAsync(CancellationToken cancellationToken = default) => WatchAsync(null, cancellationToken);

    /// <summary>Finds what is known about an instance now.</summary>
    /// <param name="resourceId">The instance; or the name of a resource that has only one.</param>
    /// <param name="resourceEvent">What was last published about it.</param>
    /// <returns>Whether anything was.</returns>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        resourceEvent = _records.TryGetValue(resourceId, out var record) ? record.Latest : null;
        if (resourceEvent is null && InstancesOf(resourceId) is [var only])
            resourceEvent = only;
        return resourceEvent is not null;
    }

    /// <summary>Ends all watches and waits.</summary>
    public void Dispose()
    {
        lock (_watchersLock)
        {
            _disposed = true;
            foreach (var watcher in _watchers)
                watcher.Complete();
        }

        GC.SuppressFinalize(this);
    }

    internal async IAsyncEnumerable<ResourceEvent> WatchAsync(string? resourceName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new ResourceWatcher(resourceName);
        lock (_watchersLock)
        {
            _watchers = _watchers.Add(watcher);
            if (_disposed)
                watcher.Complete();
        }

        try
        {
            // A publisher holds its record's lock from before it sets the latest update until it has offered it. So what is published from here on is either found
            // below or offered by its publisher, and the watcher knows the one from the other by the version.
            foreach (var record in _records.Values)
                lock (record)
                    if (record.Latest is { } latest)
                        watcher.Offer(latest);

            while (await watcher.NextAsync(cancellationToken) is { } update)
                yield return update;
        }
        finally
        {
            lock (_watchersLock)
                _watchers = _watchers.Remove(watcher);
        }
    }

    /// <summary>What was last published about each instance of a resource.</summary>
    internal IReadOnlyList<ResourceEvent> InstancesOf(string resourceName)
        => [.. _records.Values.Select(r => r.Latest).OfType<ResourceEvent>().Where(e => StringComparer.OrdinalIgnoreCase.Equals(e.Resource.Name, resourceName))];

    private sealed class ResourceRecord(IResource resource, string id)
    {
        private volatile ResourceEvent? _latest;

        public IResource Resource => resource;
        public string Id => id;
        public long Version { get; set; }

        public ResourceEvent? Latest
        {
            get => _latest;
            set => _latest = value;
        }
    }
}
