using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Gateways;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireDeploy.Local.Scaling;

/// <summary>
/// Restarts the replicas of a resource one at a time: each is drained first, and serves again before the next one's turn.
/// </summary>
internal sealed class RollingRestart(
    ReplicaRegistry registry,
    ReplicaCommands commands,
    GatewayLinks gateways,
    ScaledReplicas scaled,
    TimeProvider time
)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<IResource, Lazy<Task>> _rolling = new();

    /// <summary>Restarts them; while it does, another call waits for the same restart.</summary>
    /// <exception cref="DistributedApplicationException">A replica doesn't come back; the others are left as they are.</exception>
    internal async Task RunAsync(IResource resource, CancellationToken cancellationToken)
    {
        // The host executes a command on a resource once for each of its replicas.
        var rolling = _rolling.GetOrAdd(resource, r => new(() => RollAsync(r, cancellationToken)));
        try
        {
            await rolling.Value.ConfigureAwait(false);
        }
        finally
        {
            _rolling.TryRemove(new(resource, rolling));
        }
    }

    private async Task RollAsync(IResource resource, CancellationToken cancellationToken)
    {
        var gate = scaled.GateOf(resource);
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var replica in registry.Of(resource).Where(replica => replica.IsRunning))
            {
                await RestartAsync(replica, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task RestartAsync(ReplicaFacts replica, CancellationToken cancellationToken)
    {
        await gateways.DrainAsync(replica, cancellationToken).ConfigureAwait(false);
        await commands.StopAsync(replica.Id, cancellationToken).ConfigureAwait(false);
        await commands.StartAsync(replica.Id, cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await registry
                .UntilAsync(
                    () =>
                        registry.Find(replica.Id) is { IsRunning: true, Pid: > 0, Snapshot.HealthStatus: HealthStatus.Healthy } again
                        && again.Run != replica.Run,
                    either.Token
                )
                .ConfigureAwait(false);
            await gateways.UntilServingAsync(registry.Find(replica.Id)!, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"{replica.Id} isn't healthy {Timeout.TotalSeconds} s after its restart; the replicas after it were not restarted."
            );
        }
    }
}
