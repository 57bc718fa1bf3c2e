using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Holds a resource back until what it waits for is there. A dependency that has failed is waited for again once it has been started again.</summary>
internal sealed class DependencyWait(ResourceNotificationService notifications)
{
    public async Task WaitAsync(Instance instance, ILogger logger, CancellationToken cancellationToken)
    {
        var resource = instance.Resource;
        while (true)
        {
            try
            {
                await notifications.WaitForDependenciesAsync(resource, [instance.Name], cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (DistributedApplicationException failure)
            {
                logger.LogError("{Reason}", failure.Message);
                await notifications.PublishUpdateAsync(resource, instance.Name, s => (s with
                {
                    State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
                }).WithReason(failure.Message)).ConfigureAwait(false);
                await ChangedAsync(resource, failure.Message, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ChangedAsync(IResource resource, string failure, CancellationToken cancellationToken)
    {
        await foreach (var _ in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (notifications.DependencyFailure(resource) != failure)
            {
                return;
            }
        }
    }
}
