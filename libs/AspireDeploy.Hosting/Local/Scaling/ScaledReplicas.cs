using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Gateways;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Local.Scaling;

/// <summary>
/// Keeps the wanted number of replicas of every resource that can be scaled: as many as are declared at first, then what a person asks for.
/// The others are stopped and hidden. A replica that leaves is drained at the gateway before it is stopped.
/// </summary>
internal sealed class ScaledReplicas(
    DistributedApplicationModel model,
    ReplicaRegistry registry,
    ReplicaCommands commands,
    GatewayLinks gateways,
    ResourceNotificationService notifications,
    ILogger<ScaledReplicas> logger
) : BackgroundService
{
    private readonly ConcurrentDictionary<IResource, Scaled> _scaled = new();

    /// <summary>Returns how many replicas of a resource are wanted now.</summary>
    internal int WantedOf(IResource resource) => Of(resource).Wanted;

    /// <summary>Held while a resource's replicas are started and stopped, so that two commands don't do both at once.</summary>
    internal SemaphoreSlim GateOf(IResource resource) => Of(resource).Gate;

    /// <summary>Changes the number of replicas; returns when the new ones have been started, or the surplus has ended.</summary>
    /// <exception cref="DistributedApplicationException">The host can't start or stop one.</exception>
    internal async Task ScaleAsync(IResource resource, int wanted, CancellationToken cancellationToken)
    {
        var scaled = Of(resource);
        await scaled.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            scaled.Wanted = wanted;
            var replicas = registry.Of(resource);
            await Task.WhenAll(
                    replicas.Select(
                        (replica, index) => index < wanted ? ShowAsync(replica, cancellationToken) : HideAsync(replica, cancellationToken)
                    )
                )
                .ConfigureAwait(false);
        }
        finally
        {
            scaled.Gate.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await Task.WhenAll(
                model.Resources.Where(resource => Headroom.IsApplied(resource)).Select(resource => BeginAsync(resource, stoppingToken))
            )
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public override void Dispose()
    {
        foreach (var scaled in _scaled.Values)
            scaled.Gate.Dispose();
        base.Dispose();
    }

    private Scaled Of(IResource resource) => _scaled.GetOrAdd(resource, static r => new() { Wanted = Headroom.DeclaredOf(r) });

    /// <summary>Starts as many as are declared once the host has said of every replica that it isn't started.</summary>
    private async Task BeginAsync(IResource resource, CancellationToken cancellationToken)
    {
        try
        {
            await registry
                .UntilAsync(
                    () =>
                        registry.Of(resource) is var known
                        && known.Count(replica => replica.State == KnownResourceStates.NotStarted) == resource.GetReplicaCount(),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await ScaleAsync(resource, WantedOf(resource), cancellationToken).ConfigureAwait(false);
        }
        catch (DistributedApplicationException e)
        {
            logger.LogError("The replicas of {Resource} could not be started: {Reason}", resource.Name, e.Message);
        }
    }

    private async Task ShowAsync(ReplicaFacts replica, CancellationToken cancellationToken)
    {
        await notifications.PublishUpdateAsync(replica.Resource, replica.Id, s => s with { IsHidden = false }).ConfigureAwait(false);
        if (replica.State == KnownResourceStates.NotStarted || replica.HasEnded)
            await commands.StartAsync(replica.Id, cancellationToken).ConfigureAwait(false);
    }

    private async Task HideAsync(ReplicaFacts replica, CancellationToken cancellationToken)
    {
        if (replica.State != KnownResourceStates.NotStarted && !replica.HasEnded)
        {
            await gateways.DrainAsync(replica, cancellationToken).ConfigureAwait(false);
            await commands.StopAsync(replica.Id, cancellationToken).ConfigureAwait(false);
        }

        await notifications.PublishUpdateAsync(replica.Resource, replica.Id, s => s with { IsHidden = true }).ConfigureAwait(false);
    }

    /// <summary>One resource that can be scaled.</summary>
    private sealed class Scaled
    {
        internal int Wanted { get; set; }

        internal SemaphoreSlim Gate { get; } = new(1, 1);
    }
}
