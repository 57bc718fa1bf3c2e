using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>The gateway, from the gateway of the declaration.</summary>
internal static class GatewayReading
{
    /// <summary>
    /// Returns what the parameter for a host that is chosen at deployment is called, where the declaration has none of its own.
    /// </summary>
    internal static string HostParameterOf(GatewayResource gateway) => $"{gateway.Name}-host";

    internal static PublicGateway Read(
        GatewayResource gateway,
        Func<IResource, string, Port?> portOf,
        DeployedResources deployed,
        ValueReader values,
        List<PlanError> errors
    )
    {
        var https = gateway.TryGetLastAnnotation<GatewayHttpsAnnotation>(out var declared) ? declared : null;
        var ports = PortsOf(gateway);
        var published = new PublicGateway
        {
            Name = gateway.Name,
            Routes = gateway.Routes.Select(route => RouteOf(gateway, route, portOf, deployed, errors)).OfType<Route>().ToEquatableArray(),
            Host = https switch
            {
                null => "localhost",
                { Host: { } host } => host,
                { HostParameter: { } parameter } => [values.Reference(parameter)],
                _ => [new ParameterReference(HostParameterOf(gateway))],
            },
            Certificate = https switch
            {
                null => CertificateMode.None,
                { Host: { } host } when IsPrivate(host) => CertificateMode.Internal,
                _ => CertificateMode.Automatic,
            },
            CertificateEmail = https?.Email,
            RedirectToHttps = https?.Redirect ?? true,
            HttpPort = ports.Http,
            HttpsPort = ports.Https,
        };
        return gateway.TryGetLastAnnotation<MemoryAnnotation>(out var memory) ? published with { Memory = memory.Memory } : published;
    }

    /// <summary>Returns the ports that a gateway is reached on from outside.</summary>
    internal static GatewayPublicPortsAnnotation PortsOf(GatewayResource gateway) =>
        gateway.TryGetLastAnnotation<GatewayPublicPortsAnnotation>(out var chosen) ? chosen : new(80, 443);

    /// <summary>
    /// Returns the parameter for a host that is chosen at deployment, where the plan needs one of its own; null where it doesn't.
    /// </summary>
    internal static Parameter? HostParameter(GatewayResource gateway) =>
        gateway.TryGetLastAnnotation<GatewayHttpsAnnotation>(out var https) && https is { Host: null, HostParameter: null }
            ? new(
                HostParameterOf(gateway),
                "localhost",
                "The public host name. A public one gets a certificate from a public authority; localhost one from the gateway's own."
            )
            : null;

    private static Route? RouteOf(
        GatewayResource gateway,
        RouteAnnotation route,
        Func<IResource, string, Port?> portOf,
        DeployedResources deployed,
        List<PlanError> errors
    )
    {
        var path = $"{gateway.Name}.routes.{route.PathPrefix}";
        if (deployed.WorkloadOf(route.Service) is not { } workload)
        {
            errors.Add(new(path, $"leads to {route.Service.Name}, which isn't deployed{WhyNot(route.Service)}"));
            return null;
        }
        if (route.FindEndpoint() is { } endpoint && portOf(workload, endpoint.EndpointName) is { } port)
            return new(route.PathPrefix, workload.Name, port.Name, route.StripPrefix);
        errors.Add(route.MissingEndpoint());
        return null;
    }

    private static string WhyNot(IResource service) =>
        DeployedResources.ReasonOf(service) is not { } reason
            ? "; take the route away"
            : $" ({char.ToLowerInvariant(reason.Why[0])}{reason.Why[1..]}); "
                + (reason.Remedy.Length > 0 ? reason.Remedy : "take that away, or the route");

    /// <summary>
    /// Says which external endpoints nobody reaches: those for HTTP of a resource that the gateway leads to, at another of its endpoints.
    /// </summary>
    internal static void LeaveOutUnrouted(
        PublicGateway gateway,
        IEnumerable<IResource> workloads,
        Func<IResource, string, Port?> portOf,
        Findings findings
    )
    {
        foreach (var workload in workloads)
        {
            var routed = gateway.Routes.Where(route => route.Workload == workload.Name).Select(static route => route.Port).ToList();
            if (routed.Count == 0)
                continue;
            foreach (
                var endpoint in workload
                    .Annotations.OfType<EndpointAnnotation>()
                    .Where(static endpoint => endpoint is { IsExternal: true, UriScheme: "http" or "https" })
                    .Where(endpoint => portOf(workload, endpoint.Name) is { } port && !routed.Contains(port.Name))
            )
                findings.LeaveOut(
                    $"{workload.Name}.endpoints.{endpoint.Name}",
                    $"It is external, and the gateway leads to {string.Join(" and ", routed.Distinct())} of {workload.Name}: nobody "
                        + "outside reaches it",
                    $"give it a route of its own, WithRoute(\"/PATH\", {workload.Name}, \"{endpoint.Name}\"), or serve it from a "
                        + "resource of its own"
                );
        }
    }

    // Names that no public authority signs for: RFC 6761, RFC 6762, RFC 8375, and ICANN's .internal.
    private static bool IsPrivate(string host) =>
        !host.Contains('.', StringComparison.Ordinal)
        || PrivateSuffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private static EquatableArray<string> PrivateSuffixes { get; } = [".localhost", ".local", ".internal", ".home.arpa", ".test"];
}
