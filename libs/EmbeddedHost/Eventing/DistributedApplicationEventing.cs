using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <inheritdoc />
public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Type, List<DistributedApplicationEventSubscription>> _subscriptions = [];

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Add<T>(new((e, token) => callback((T)e, token)));
    }

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(callback);
        return Add<T>(new DistributedApplicationResourceEventSubscription(resource, (e, token) => callback((T)e, token)));
    }

    /// <inheritdoc />
    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
        {
            foreach (var subscriptions in _subscriptions.Values)
            {
                subscriptions.Remove(subscription);
            }
        }
    }

    /// <inheritdoc />
    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent =>
        PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    /// <inheritdoc />
    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(@event);
        var subscribers = Subscribers(@event);
        switch (dispatchBehavior)
        {
            case EventDispatchBehavior.BlockingConcurrent:
                return Task.WhenAll(subscribers.Select(s => s.Callback(@event, cancellationToken)));
            case EventDispatchBehavior.NonBlockingConcurrent:
                subscribers.ForEach(s => Detach(() => s.Callback(@event, cancellationToken), cancellationToken));
                return Task.CompletedTask;
            case EventDispatchBehavior.NonBlockingSequential:
                Detach(() => SequentiallyAsync(subscribers, @event, cancellationToken), cancellationToken);
                return Task.CompletedTask;
            default:
                return SequentiallyAsync(subscribers, @event, cancellationToken);
        }
    }

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(typeof(T), out var subscriptions))
            {
                _subscriptions[typeof(T)] = subscriptions = [];
            }

            subscriptions.Add(subscription);
        }

        return subscription;
    }

    private List<DistributedApplicationEventSubscription> Subscribers<T>(T @event) where T : IDistributedApplicationEvent
    {
        var resource = (@event as IDistributedApplicationResourceEvent)?.Resource;
        lock (_lock)
        {
            return _subscriptions.TryGetValue(typeof(T), out var all)
                ? [.. all.Where(s => s is not DistributedApplicationResourceEventSubscription { Resource: { } wanted } || wanted == resource)]
                : [];
        }
    }

    private static async Task SequentiallyAsync<T>(List<DistributedApplicationEventSubscription> subscribers, T @event, CancellationToken cancellationToken)
        where T : IDistributedApplicationEvent
    {
        foreach (var subscriber in subscribers)
        {
            await subscriber.Callback(@event, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Detach(Func<Task> act, CancellationToken cancellationToken) => _ = Task.Run(act, cancellationToken);
}
