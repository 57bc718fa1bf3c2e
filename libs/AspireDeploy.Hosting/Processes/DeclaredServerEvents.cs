using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace AspireDeploy.Processes;

/// <summary>
/// Publishes the events of a server's process for the declared server as well, whose integration and whose AppHost have subscribed to
/// those: Aspire's own integrations take the connection string and create databases on them.
/// </summary>
internal sealed class DeclaredServerEvents(
    ContainerResource declared,
    IReadOnlyList<IResourceWithParent> children,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IServiceProvider services
)
{
    /// <summary>Forwards the events of a process; a server's children are told of what Aspire tells the children of a container.</summary>
    internal void Forward(ServerProcess process)
    {
        eventing.Subscribe<InitializeResourceEvent>(process, (_, token) =>
            TellAsync(new InitializeResourceEvent(declared, eventing, loggers, notifications, services), token)
        );
        eventing.Subscribe<ResourceEndpointsAllocatedEvent>(process, (_, token) =>
            TellAsync(new ResourceEndpointsAllocatedEvent(declared, services), token)
        );
        eventing.Subscribe<ConnectionStringAvailableEvent>(process, async (_, token) =>
        {
            await TellAsync(new ConnectionStringAvailableEvent(declared, services), token).ConfigureAwait(false);
            foreach (var child in children.OfType<IResourceWithConnectionString>())
            {
                await eventing.PublishAsync(new ConnectionStringAvailableEvent(child, services), token).ConfigureAwait(false);
            }
        });
        eventing.Subscribe<BeforeResourceStartedEvent>(process, (_, token) =>
            TellAsync(new BeforeResourceStartedEvent(declared, services), token)
        );
        eventing.Subscribe<ResourceReadyEvent>(process, (_, token) => TellAsync(new ResourceReadyEvent(declared, services), token));
        eventing.Subscribe<ResourceStoppedEvent>(process, async (stopped, token) =>
        {
            await TellAsync(new ResourceStoppedEvent(declared, services, stopped.ResourceEvent), token).ConfigureAwait(false);
            foreach (var child in children)
            {
                await eventing.PublishAsync(new ResourceStoppedEvent(child, services, stopped.ResourceEvent), token).ConfigureAwait(false);
            }
        });
    }

    // Aspire's orchestrator is the last to be told, as it subscribes when the host starts. It publishes news of the resource, and the
    // notification service refuses news of the declared server: by that name it knows the process, for which the orchestrator has done,
    // or is about to do, what there is to do.
    private async Task TellAsync<T>(T news, CancellationToken cancellationToken)
        where T : IDistributedApplicationResourceEvent
    {
        try
        {
            await eventing.PublishAsync(news, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException failure)
        {
            if (failure.Message != await RefusalAsync().ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    // The service itself tells how it refuses: its words are nobody's to know, and another failure isn't taken for it.
    private async Task<string?> RefusalAsync()
    {
        try
        {
            await notifications.PublishUpdateAsync(declared, static shown => shown).ConfigureAwait(false);
            return null;
        }
        catch (InvalidOperationException refusal)
        {
            return refusal.Message;
        }
    }
}
