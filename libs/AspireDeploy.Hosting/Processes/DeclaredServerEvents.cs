using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace AspireDeploy.Processes;

/// <summary>
/// Publishes the events of a server's process for the declared server as well, whose integration and whose AppHost have subscribed to those: Aspire's own integrations
/// take the connection string and create databases on them.
/// </summary>
internal sealed class DeclaredServerEvents(ContainerResource declared, IServiceProvider services)
{
    /// <summary>Forwards the events of a process; Aspire's own children of a server are told when there is a connection string, as their server's container would.</summary>
    internal void Forward(ServerProcess process, List<IResourceWithParent> children, IDistributedApplicationEventing eventing)
    {
        eventing.Subscribe<ResourceEndpointsAllocatedEvent>(process, (_, token) => TellAsync(eventing, new ResourceEndpointsAllocatedEvent(declared, services), token));
        eventing.Subscribe<ConnectionStringAvailableEvent>(process, async (_, token) =>
        {
            await TellAsync(eventing, new ConnectionStringAvailableEvent(declared, services), token).ConfigureAwait(false);
            foreach (var child in children.OfType<IResourceWithConnectionString>())
            {
                await eventing.PublishAsync(new ConnectionStringAvailableEvent(child, services), token).ConfigureAwait(false);
            }
        });
        eventing.Subscribe<BeforeResourceStartedEvent>(process, (_, token) => TellAsync(eventing, new BeforeResourceStartedEvent(declared, services), token));
        eventing.Subscribe<ResourceReadyEvent>(process, (_, token) => TellAsync(eventing, new ResourceReadyEvent(declared, services), token));
        eventing.Subscribe<ResourceStoppedEvent>(process, (stopped, token) => TellAsync(eventing, new ResourceStoppedEvent(declared, services, stopped.ResourceEvent), token));
    }

    // The orchestrator, which is told last, knows no resource of that name but the process, and the notification service refuses its news of another. Everybody else
    // has been told by then.
    private static async Task TellAsync<T>(IDistributedApplicationEventing eventing, T news, CancellationToken cancellationToken)
        where T : IDistributedApplicationResourceEvent
    {
        try
        {
            await eventing.PublishAsync(news, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException refused) when (refused.TargetSite?.DeclaringType == typeof(ResourceNotificationService))
        {
        }
    }
}
