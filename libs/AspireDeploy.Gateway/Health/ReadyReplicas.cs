using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace AspireDeploy.Gateway.Health;

/// <summary>
/// Requests go to the replicas that are well. While none is, they go to all that once were: a replica that says it is unwell because its
/// database is away still gives the better answer, and serves what it has cached. One that never was well is still starting.
/// </summary>
internal sealed class ReadyReplicas : IAvailableDestinationsPolicy
{
    internal const string PolicyName = "ReadyReplicas";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        List<DestinationState> healthy = [.. allDestinations.Where(replica => replica.Health.Active == DestinationHealth.Healthy)];
        return healthy.Count > 0 ? healthy : [.. allDestinations.Where(replica => replica.Health.Active == DestinationHealth.Unhealthy)];
    }
}
