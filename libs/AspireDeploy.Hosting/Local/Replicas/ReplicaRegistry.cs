using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Local.Replicas;

/// <summary>Describes what is known of every replica now, from the application's notifications.</summary>
internal sealed class ReplicaRegistry(ResourceNotificationService notifications, IServiceProvider services) : BackgroundService
{
    private readonly Lock _lock = new();
    private ImmutableList<ReplicaFacts> _all = [];
    private TaskCompletionSource _changed = NewSource();

    /// <summary>Gets every replica, in the order in which they were first told of.</summary>
    internal IReadOnlyList<ReplicaFacts> All => Volatile.Read(ref _all);

    /// <summary>Ends at the next change. Ask for it before looking at the registry.</summary>
    internal Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>Returns the replicas of one resource.</summary>
    internal IReadOnlyList<ReplicaFacts> Of(IResource resource) => [.. All.Where(replica => replica.Resource == resource)];

    /// <summary>Returns one replica; null if nothing was told of it yet.</summary>
    internal ReplicaFacts? Find(string id) => All.FirstOrDefault(replica => replica.Id == id);

    /// <summary>Waits until the registry is as wanted.</summary>
    internal async Task UntilAsync(Func<bool> isAsWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Changed;
            if (isAsWanted())
                return;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var observers = (IEnumerable<IReplicaObserver>)services.GetService(typeof(IEnumerable<IReplicaObserver>))!;
        List<IReplicaObserver> all = [.. observers];
        try
        {
            await foreach (var update in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                // That is made of what is known here.
                if (update.Resource is ReplicaSet)
                    continue;
                var after = ReplicaFacts.From(update);
                var before = Find(after.Id);
                Note(before, after);
                all.ForEach(observer => observer.Observe(before, after));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private void Note(ReplicaFacts? before, ReplicaFacts after)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _all = before is null ? _all.Add(after) : _all.Replace(before, after);
            (changed, _changed) = (_changed, NewSource());
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
