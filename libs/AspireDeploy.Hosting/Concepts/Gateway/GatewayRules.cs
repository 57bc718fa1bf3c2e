using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>Describes what must hold of gateways once the declaration is complete.</summary>
internal static class GatewayRules
{
    internal static void Check(List<PlanError> errors, IReadOnlyList<GatewayResource> gateways, bool isPublishing)
    {
        var owners = new Dictionary<int, GatewayResource>();
        foreach (var gateway in gateways)
        {
            if (gateway.Routes.Count == 0)
                errors.Add(new($"{gateway.Name}.routes", "nothing is routed; add a route with WithRoute(\"/\", service)"));
            errors.AddRange(
                gateway.Routes.Where(static route => route.FindEndpoint() is null).Select(static route => route.MissingEndpoint())
            );
            // Published there is one gateway, and a second is refused whatever its ports are.
            if (isPublishing)
                continue;
            foreach (var endpoint in gateway.Annotations.OfType<EndpointAnnotation>())
            {
                if (endpoint.Port is { } port && !owners.TryAdd(port, gateway) && owners[port] != gateway)
                    errors.Add(
                        new(
                            $"{gateway.Name}.ports.{endpoint.Name}",
                            $"{port} is {owners[port].Name}'s already; give AddGateway(\"{gateway.Name}\", httpPort, httpsPort) two others"
                        )
                    );
            }
        }
    }
}
