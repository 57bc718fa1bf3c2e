using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>
/// Publishes events of an application's life, and lets code subscribe to them. A subscriber is called for events of exactly the type it subscribed to. Subscribers
/// that come or go while an event is published don't change who is called for it.
/// </summary>
/// <remarks>
/// What a subscriber throws reaches a publisher that waits. One after another, the first exception also keeps the rest from being called; all at once, every subscriber
/// is called and the first exception is thrown when the last has ended. A publisher that doesn't wait gets no exceptions.
/// </remarks>
public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly ConcurrentDictionary<Type, ImmutableArray<DistributedApplicationEventSubscription>> _subscriptions = new();

    /// <summary>Told what subscribers throw while nobody waits for them.</summary>
    internal Action<Type, Exception>? UnobservedFailure { get; set; }

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Add<T>(new DistributedApplicationEventSubscription(async (e, token) => await callback((T)e, token)));
    }

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(callback);
        return Add<T>(new DistributedApplicationResourceEventSubscription(resource, async (e, token) =>
        {
            if (e.Resource == resource)
                await callback((T)e, token);
        }));
    }

    /// <inheritdoc />
    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        foreach (var type in _subscriptions.Keys)
            _subscriptions.AddOrUpdate(type, [], (_, all) => all.Remove(subscription));
    }

    /// <inheritdoc />
    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent
        => PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    /// <inheritdoc />
    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(@event);
        var subscriptions = _subscriptions.GetValueOrDefault(@event.GetType(), []);
        return dispatchBehavior switch
        {
            EventDispatchBehavior.BlockingSequential => Sequentially(),
            EventDispatchBehavior.BlockingConcurrent => Concurrently(),
            EventDispatchBehavior.NonBlockingSequential => Unobserved(Sequentially),
            EventDispatchBehavior.NonBlockingConcurrent => Unobserved(Concurrently),
            _ => throw new ArgumentOutOfRangeException(nameof(dispatchBehavior), dispatchBehavior, null),
        };

        async Task Sequentially()
        {
            foreach (var subscription in subscriptions)
                await subscription.Callback(@event, cancellationToken);
        }

        Task Concurrently() => Task.WhenAll(subscriptions.Select(s => s.Callback(@event, cancellationToken)));

        Task Unobserved(Func<Task> publish)
        {
            _ = Task.Run(async () =>
            {
                try
                {
                    await publish();
                }
                catch (Exception e)
                {
                    UnobservedFailure?.Invoke(@event.GetType(), e);
                }
            }, CancellationToken.None);
            return Task.CompletedTask;
        }
    }

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        if (typeof(T).IsInterface || typeof(T).IsAbstract)
            throw new ArgumentException($"Nothing is published as '{typeof(T).Name}'. Subscribe to a concrete event.");
        _subscriptions.AddOrUpdate(typeof(T), [subscription], (_, all) => all.Add(subscription));
        return subscription;
    }
}
