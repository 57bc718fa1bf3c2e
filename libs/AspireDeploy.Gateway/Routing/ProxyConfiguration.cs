using System.Globalization;
using AspireDeploy.Gateway.Control;
using AspireDeploy.Gateway.Health;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace AspireDeploy.Gateway.Routing;

/// <summary>Makes YARP's routes and clusters of the settings and of a list of replicas.</summary>
internal static class ProxyConfiguration
{
    /// <summary>The configuration before any list came: the replicas that the settings name.</summary>
    internal static InMemoryConfigProvider Initial(GatewaySettings settings)
    {
        var replicas = settings.Services.ToDictionary(
            service => service.Key,
            IReadOnlyList<Replica> (service) => [.. service.Value.Replicas.Select((address, index) => new Replica($"{service.Key}-{index}", address))]);
        return new(Routes(settings), Clusters(settings, new(0, replicas)), Revision(0));
    }

    /// <summary>The name under which YARP knows the configuration made of a list.</summary>
    internal static string Revision(long version) => version.ToString(CultureInfo.InvariantCulture);

    internal static IReadOnlyList<RouteConfig> Routes(GatewaySettings settings) => [.. settings.Routes.Select(route => new RouteConfig
    {
        RouteId = route.Path,
        ClusterId = route.Service,
        Match = new() { Path = $"{route.Path.TrimEnd('/')}/{{**rest}}" },
        Transforms = [.. Transforms(route)],
    })];

    private static IEnumerable<IReadOnlyDictionary<string, string>> Transforms(RouteSettings route)
    {
        // A link that a replica makes names the host that the client asked for, as behind every published gateway; by default it would be the replica's own address.
        yield return new Dictionary<string, string> { ["RequestHeaderOriginalHost"] = "true" };
        if (route.StripPrefix && route.Path != "/") yield return new Dictionary<string, string> { ["PathRemovePrefix"] = route.Path };
    }

    internal static IReadOnlyList<ClusterConfig> Clusters(GatewaySettings settings, ReplicaList list) => [.. settings.Services.Select(service => new ClusterConfig
    {
        ClusterId = service.Key,
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        HealthCheck = new() { AvailableDestinationsPolicy = HealthyElseAll.PolicyName },
        HttpRequest = new ForwarderRequestConfig
        {
            ActivityTimeout = settings.Limits.Answer,
            Version = service.Value.IsHttp2 ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        },
        Destinations = list.Services.GetValueOrDefault(service.Key, []).ToDictionary(replica => replica.Id, replica => new DestinationConfig { Address = replica.Address }),
    })];
}
