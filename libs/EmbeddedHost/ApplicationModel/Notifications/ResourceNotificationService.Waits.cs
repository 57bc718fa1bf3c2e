using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The waits.</summary>
public partial class ResourceNotificationService
{
    internal WaitBehavior DefaultWaitBehavior { get; init; } = WaitBehavior.StopOnResourceUnavailable;

    /// <summary>Waits until a resource is in a state.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="targetState">The state; <see cref="KnownResourceStates.Running" /> if null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is.</returns>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until a resource is in one of several states.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="targetStates">The states.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state that it is in.</returns>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.Ordinal);
        var reached = await WaitForResourceAsync(resourceName, e => e.Snapshot.State?.Text is { } state && states.Contains(state), cancellationToken).ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until an instance of a resource is as wanted.</summary>
    /// <param name="resourceName">The resource's name, or an instance's.</param>
    /// <param name="predicate">Whether it is as wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first update that was.</returns>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(resourceName);
        ArgumentNullException.ThrowIfNull(predicate);
        try
        {
            await foreach (var update in WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                var isNamed = StringComparer.OrdinalIgnoreCase.Equals(update.Resource.Name, resourceName) || StringComparer.OrdinalIgnoreCase.Equals(update.ResourceId, resourceName);
                if (isNamed && predicate(update))
                {
                    return update;
                }
            }
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The wait for '{resourceName}' was called off. {Known(resourceName)}", e, cancellationToken);
        }

        throw new OperationCanceledException($"The application stopped before '{resourceName}' was as wanted. {Known(resourceName)}");
    }

    /// <summary>Waits until a resource runs, its health checks pass, and what was to be done when it is ready has been done.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is known of it then.</returns>
    /// <exception cref="DistributedApplicationException">It failed, and the default behavior is not to wait for it any longer.</exception>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource runs, its health checks pass, and what was to be done when it is ready has been done.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="waitBehavior">What to do when it has failed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is known of it then.</returns>
    /// <exception cref="DistributedApplicationException">It failed, and is not waited for any longer.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName,
            e => DependencyState.IsHealthy(e.Snapshot) || e.Snapshot.Ready is { IsFaulted: true } || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && DependencyState.IsTerminal(e.Snapshot)),
            cancellationToken).ConfigureAwait(false);
        if (reached.Snapshot.Ready is { IsFaulted: true } ready)
        {
            await ready.ConfigureAwait(false);
        }

        return DependencyState.IsHealthy(reached.Snapshot)
            ? reached
            : throw new DistributedApplicationException($"'{resourceName}' is not healthy: {Known(resourceName)}");
    }

    /// <summary>Waits until everything that a resource waits for is there. Meanwhile its state is <see cref="KnownResourceStates.Waiting" />.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is.</returns>
    /// <exception cref="DistributedApplicationException">Something has failed that is not waited for any longer; the message says what, and how.</exception>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return WaitForDependenciesAsync(resource, resource.InstanceIds(), cancellationToken);
    }

    internal async Task WaitForDependenciesAsync(IResource resource, IReadOnlyList<string> instances, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.Resource is not IResourceWithoutLifetime).ToList();
        waits.RemoveAll(IsMet);
        if (waits.Count == 0)
        {
            return;
        }

        await TellAsync().ConfigureAwait(false);
        await foreach (var update in WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (waits.Any(wait => wait.Resource == update.Resource) && waits.RemoveAll(IsMet) > 0)
            {
                if (waits.Count == 0)
                {
                    return;
                }

                await TellAsync().ConfigureAwait(false);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new OperationCanceledException($"The application stopped while '{resource.Name}' waited.");

        bool IsMet(WaitAnnotation wait) => DependencyState.IsMet(wait, BehaviorOf(wait), wait.Resource.InstanceIds(), InstancesOf(wait.Resource.Name));

        Task TellAsync()
        {
            var reason = $"Waits for {string.Join(", ", waits.Select(DependencyState.Describe))}.";
            foreach (var instance in instances)
            {
                _loggers.GetLogger(instance).LogInformation("{Reason}", reason);
            }

            return Task.WhenAll(instances.Select(instance => PublishUpdateAsync(resource, instance, s =>
                (s with { State = KnownResourceStates.Waiting })
                    .WithProperty(KnownResourceProperties.WaitingFor, waits.Select(wait => wait.Resource.Name).ToArray())
                    .WithProperty(KnownResourceProperties.Reason, reason))));
        }
    }

    /// <summary>Why a resource's dependencies can't be as it asks any more; null while they can.</summary>
    internal string? DependencyFailure(IResource resource) => resource.Annotations
        .OfType<WaitAnnotation>()
        .Select(wait => DependencyState.Failure(wait, BehaviorOf(wait), InstancesOf(wait.Resource.Name)))
        .FirstOrDefault(failure => failure is not null);

    private WaitBehavior BehaviorOf(WaitAnnotation wait) => wait.WaitBehavior ?? DefaultWaitBehavior;

    /// <summary>What is known of a resource, for somebody who waited for it in vain.</summary>
    private string Known(string resourceName)
    {
        var known = InstancesOf(resourceName).Select(e =>
        {
            var reports = e.Snapshot.HealthReports
                .Where(r => r.Status != HealthStatus.Healthy && e.Snapshot.HealthStatus is not null)
                .Select(r => $" {r.Name}: {r.Description ?? r.ExceptionText ?? "not checked yet"}.");
            var health = e.Snapshot.HealthStatus is { } status ? $", {status}" : "";
            var reason = e.Snapshot.Reason() is { } why ? $" {why}" : "";
            return $"{DependencyState.Describe(e.ResourceId, e.Snapshot)}{health}.{reason}{string.Concat(reports)}";
        }).ToArray();
        return known.Length == 0 ? $"Nothing is known of '{resourceName}'." : string.Join(" ", known);
    }
}
