using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Orchestration;

/// <summary>Brings up the resources that are values and not processes, an external service's address or a connection string: they run once their value is there.</summary>
internal sealed class ValueResources(
    DistributedApplicationModel model, ResourceUrls urls, ResourceNotificationService notifications, IDistributedApplicationEventing eventing, IServiceProvider services)
{
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(model.Resources.Where(resource => resource is ExternalServiceResource or ConnectionStringResource).Select(resource => RunAsync(resource, cancellationToken)));

    private async Task RunAsync(IResource resource, CancellationToken cancellationToken)
    {
        try
        {
            await notifications.WaitForDependenciesAsync(resource, cancellationToken).ConfigureAwait(false);
            var value = await ValueAsync(resource, cancellationToken).ConfigureAwait(false);
            var links = await urls.ResolveAsync(resource, cancellationToken).ConfigureAwait(false);
            if (resource is IResourceWithConnectionString)
            {
                await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken).ConfigureAwait(false);
            }

            await notifications.PublishUpdateAsync(resource, s =>
                (s with { State = KnownResourceStates.Running, StartTimeStamp = DateTime.UtcNow, Urls = links }).WithProperty(value)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops while the value was waited for.
        }
        catch (DistributedApplicationException mistake)
        {
            await notifications.PublishUpdateAsync(resource, s =>
                (s with { State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error) }).WithReason(mistake.Message)).ConfigureAwait(false);
        }
    }

    /// <exception cref="DistributedApplicationException">There is no value, or it is none of its kind.</exception>
    private static async Task<ResourcePropertySnapshot> ValueAsync(IResource resource, CancellationToken cancellationToken) => resource is ExternalServiceResource service
        ? new(KnownResourceProperties.Source, (await service.CheckedUrlAsync(cancellationToken).ConfigureAwait(false)).ToString())
        : new(KnownResourceProperties.ConnectionString, await ((ConnectionStringResource)resource).ConnectionStringExpression.GetValueAsync(cancellationToken).ConfigureAwait(false)) { IsSensitive = true };
}
