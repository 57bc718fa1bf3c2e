using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>Publishes events of an application's life, and lets code subscribe to them.</summary>
public interface IDistributedApplicationEventing
{
    /// <summary>Subscribes to an event of the application, or of every resource.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="callback">What to call.</param>
    /// <returns>The subscription.</returns>
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent;

    /// <summary>Subscribes to an event of one resource.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <param name="callback">What to call.</param>
    /// <returns>The subscription.</returns>
    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationResourceEvent;

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscription">The subscription.</param>
    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    /// <summary>Publishes an event to its subscribers one after another, and waits for them.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="event">The event.</param>
    /// <param name="cancellationToken">Given to the subscribers.</param>
    /// <returns>A task that ends with the last subscriber.</returns>
    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;

    /// <summary>Publishes an event.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="event">The event.</param>
    /// <param name="dispatchBehavior">How the subscribers are called.</param>
    /// <param name="cancellationToken">Given to the subscribers.</param>
    /// <returns>A task that ends when the behavior says so.</returns>
    Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;
}
