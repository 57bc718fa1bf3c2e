using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireDeploy.Local.Scaling;

/// <summary>
/// Waits for resources with room to scale up. The host's own wait would be for every replica that is declared, those kept stopped among
/// them; ours is for as many as are wanted, just before the resource that waits is started.
/// </summary>
internal sealed class ReplicaWait(ReplicaRegistry registry, ScaledReplicas scaled, ResourceNotificationService notifications)
{
    /// <summary>Takes over a resource's waits for such resources.</summary>
    internal void TakeOver(IResource waiting, IDistributedApplicationEventing eventing)
    {
        var waits = waiting
            .Annotations.OfType<WaitAnnotation>()
            .Where(wait => wait.WaitType != WaitType.WaitForCompletion && Headroom.IsApplied(wait.Resource))
            .ToList();
        if (waits.Count == 0)
            return;
        waits.ForEach(wait => waiting.Annotations.Remove(wait));
        eventing.Subscribe<BeforeResourceStartedEvent>(waiting, (_, cancellationToken) => WaitAsync(waiting, waits, cancellationToken));
    }

    private async Task WaitAsync(IResource waiting, List<WaitAnnotation> waits, CancellationToken cancellationToken)
    {
        if (AreMet())
            return;
        await notifications.PublishUpdateAsync(waiting, s => s with { State = KnownResourceStates.Waiting }).ConfigureAwait(false);
        await registry.UntilAsync(AreMet, cancellationToken).ConfigureAwait(false);

        bool AreMet() =>
            waits.TrueForAll(wait => registry.Of(wait.Resource).Count(replica => IsThere(wait, replica)) >= scaled.WantedOf(wait.Resource));
    }

    private static bool IsThere(WaitAnnotation wait, ReplicaFacts replica) =>
        replica.IsRunning && (wait.WaitType == WaitType.WaitUntilStarted || replica.Snapshot.HealthStatus == HealthStatus.Healthy);
}
