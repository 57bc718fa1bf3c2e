using System.Globalization;
using AspireDeploy.Gateway.Control;
using AspireDeploy.Gateway.Health;
using AspireDeploy.Gateway.Requests;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace AspireDeploy.Gateway.Routing;

/// <summary>Makes YARP's routes and clusters of the settings and of a list of replicas.</summary>
internal static class ProxyConfiguration
{
    /// <summary>Returns the configuration before any list came: the replicas that the settings name.</summary>
    internal static InMemoryConfigProvider Initial(GatewaySettings settings)
    {
        var replicas = settings.Services.ToDictionary(
            service => service.Key,
            IReadOnlyList<Replica> (service) =>
                [.. service.Value.Replicas.Select((address, index) => new Replica($"{service.Key}-{index}", address))]
        );
        return new(Routes(settings), Clusters(settings, new(0, replicas)), Revision(0));
    }

    /// <summary>Returns the name under which YARP knows the configuration made of a list.</summary>
    internal static string Revision(long version) => version.ToString(CultureInfo.InvariantCulture);

    internal static IReadOnlyList<RouteConfig> Routes(GatewaySettings settings) =>
        [
            .. settings.Routes.Select(route => new RouteConfig
            {
                RouteId = route.Path,
                ClusterId = route.Service,
                Match = new() { Path = $"{route.Path.TrimEnd('/')}/{{**rest}}" },
                Metadata =
                    route.StripPrefix && route.Path != "/" ? new Dictionary<string, string> { [PassedOn.Prefix] = route.Path } : null,
            }),
        ];

    internal static IReadOnlyList<ClusterConfig> Clusters(GatewaySettings settings, ReplicaList list) =>
        [
            .. settings.Services.Select(service => new ClusterConfig
            {
                ClusterId = service.Key,
                LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
                HealthCheck = new() { AvailableDestinationsPolicy = ReadyReplicas.PolicyName },
                HttpRequest = new ForwarderRequestConfig
                {
                    ActivityTimeout = settings.Limits.Answer,
                    Version = service.Value.IsHttp2 ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                },
                Destinations = list
                    .Services.GetValueOrDefault(service.Key, [])
                    .ToDictionary(replica => replica.Id, replica => new DestinationConfig { Address = replica.Address }),
            }),
        ];
}
