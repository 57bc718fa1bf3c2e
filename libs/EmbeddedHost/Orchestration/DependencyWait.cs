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
                var failed = FailedDependencies(resource);
                logger.LogError("{Reason}", failure.Message);
                await notifications.PublishUpdateAsync(resource, instance.Name, s => (s with
                {
                    State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
                }).WithProperty(KnownResourceProperties.Reason, failure.Message)).ConfigureAwait(false);
                await StartedAgainAsync(failed, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private HashSet<IResource> FailedDependencies(IResource resource) =>
        [.. resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).Where(HasEnded)];

    private bool HasEnded(IResource dependency) =>
        dependency.InstanceIds().Any(name => notifications.TryGetCurrentState(name, out var current) && IsTerminal(current));

    private async Task StartedAgainAsync(HashSet<IResource> failed, CancellationToken cancellationToken)
    {
        if (failed.Count == 0)
        {
            // It was started again between its failure and our look at it.
            return;
        }

        await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (failed.Contains(change.Resource) && !IsTerminal(change))
            {
                return;
            }
        }
    }

    private static bool IsTerminal(ResourceEvent state) => DependencyState.IsTerminal(state.Snapshot);
}
