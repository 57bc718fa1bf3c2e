using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using AspireDeploy.Local.Gateways;
using AspireDeploy.Local.Memory;
using AspireDeploy.Local.Replicas;
using AspireDeploy.Local.Scaling;
using AspireDeploy.Starting;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Local;

/// <summary>Puts into the app model what the concepts need there, once the declaration is complete and before anything starts.</summary>
internal sealed class LocalPreparation(DistributedApplicationModel model, ScaledReplicas replicas, ReplicaWait waits, RollingRestart rolling, GatewayLinks gateways, GatewayStart gatewayStart, ReplicaStarts starts, IConfiguration configuration)
    : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        // A host may count the replicas as the first thing that it does when the event is raised.
        foreach (var resource in model.Resources) Headroom.Apply(resource);
        if (IsolatedRun.IsIsolated(configuration)) model.Resources.OfType<GatewayResource>().ToList().ForEach(TakeFreePorts);
        eventing.Subscribe<BeforeStartEvent>((started, _) =>
        {
            foreach (var resource in started.Model.Resources)
            {
                LocalCollector.Apply(resource);
                MemoryTelling.Apply(resource);
                if (resource.GetReplicaCount() > 1) starts.TakeTurns(resource, eventing);
                if (ScaleCommand.Fits(resource)) ScaleCommand.AddTo(resource, replicas);
                if (RollingRestartCommand.Fits(resource)) RollingRestartCommand.AddTo(resource, rolling);
                if (resource is GatewayResource gateway)
                {
                    gateways.Prepare(gateway);
                    gatewayStart.HoldBack(gateway, eventing);
                }
            }

            foreach (var resource in started.Model.Resources) waits.TakeOver(resource, eventing);
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }

    // Nothing stands before a gateway, so Aspire leaves it the ports that are declared.
    private static void TakeFreePorts(GatewayResource gateway)
    {
        foreach (var endpoint in gateway.Annotations.OfType<EndpointAnnotation>()) (endpoint.Port, endpoint.TargetPort) = (null, null);
    }
}
