using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace AspireDeploy.Gateway.Health;

/// <summary>
/// Requests go to the replicas that are well. While none is, they go to all: a replica that says it is unwell because its database is away still gives the better
/// answer, and serves what it has cached.
/// </summary>
internal sealed class HealthyElseAll : IAvailableDestinationsPolicy
{
    internal const string PolicyName = "HealthyElseAll";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        List<DestinationState> healthy = [.. allDestinations.Where(replica => replica.Health.Active == DestinationHealth.Healthy)];
        return healthy.Count > 0 ? healthy : allDestinations;
    }
}
