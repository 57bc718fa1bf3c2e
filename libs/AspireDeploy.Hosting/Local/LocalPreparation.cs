using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using AspireDeploy.Local.Gateways;
using AspireDeploy.Local.Memory;
using AspireDeploy.Local.Replicas;
using AspireDeploy.Local.Scaling;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Local;

/// <summary>Puts into the app model what the concepts need there, once the declaration is complete and before anything starts.</summary>
internal sealed class LocalPreparation(
    DistributedApplicationModel model,
    IConfiguration configuration,
    ScaledReplicas replicas,
    ReplicaStarts starts,
    ReplicaSets sets,
    ReplicaWait waits,
    RollingRestart rolling,
    GatewayLinks gateways,
    GatewayStart gatewayStart
) : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
    {
        // A host may count the replicas as the first thing that it does when the event is raised.
        foreach (var resource in model.Resources)
            Headroom.Apply(resource);
        foreach (var gateway in model.Resources.OfType<GatewayResource>())
            GatewayPorts.Apply(gateway, configuration);
        eventing.Subscribe<BeforeStartEvent>(
            async (started, _) =>
            {
                foreach (var resource in started.Model.Resources)
                {
                    WorkstationGarbageCollection.Apply(resource);
                    RuntimeMemoryLimit.Apply(resource);
                    if (resource.GetReplicaCount() > 1)
                        starts.TakeTurns(resource, eventing);
                    if (ScaleCommand.Fits(resource))
                        ScaleCommand.AddTo(resource, replicas);
                    if (RollingRestartCommand.Fits(resource))
                        RollingRestartCommand.AddTo(resource, rolling);
                    await sets.AddAsync(resource).ConfigureAwait(false);
                    if (resource is GatewayResource gateway)
                    {
                        gateways.Prepare(gateway);
                        gatewayStart.HoldBack(gateway, eventing);
                    }
                }

                foreach (var resource in started.Model.Resources)
                    waits.TakeOver(resource, eventing);
            }
        );
        return Task.CompletedTask;
    }
}
