using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Plan;

namespace AspireDeploy.Planning;

/// <summary>
/// The ports of a workload, from its endpoints. A project's endpoints for HTTPS are served by its port for HTTP: TLS ends at the edge. A project is told which
/// ports to listen on, so one that declares none gets 8080 and those after it; a container's image listens where it listens, so its must be declared.
/// </summary>
internal sealed class WorkloadPorts
{
    private const int FirstProjectPort = 8080;

    private readonly Dictionary<string, Port> _byEndpoint = new(StringComparer.OrdinalIgnoreCase);

    internal WorkloadPorts(IResource resource, bool isBehindEdge, List<PlanError> errors)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        var taken = endpoints.Select(static endpoint => endpoint.TargetPort).OfType<int>().ToHashSet();
        var isProject = resource is ProjectResource;
        foreach (var endpoint in endpoints.Where(endpoint => !IsServedByHttp(endpoint, isProject)))
        {
            if (NumberOf(endpoint, isProject, taken) is { } number) _byEndpoint[endpoint.Name] = PortOf(endpoint, number, isBehindEdge);
            else errors.Add(new($"{resource.Name}.ports.{endpoint.Name}", "says no port that the image listens on; write WithEndpoint(targetPort: …)"));
        }
        foreach (var endpoint in endpoints.Where(endpoint => IsServedByHttp(endpoint, isProject)))
        {
            var http = endpoints.FirstOrDefault(each => each.UriScheme == "http" && each.TargetPort == endpoint.TargetPort) ?? endpoints.FirstOrDefault(static each => each.UriScheme == "http");
            if (http is not null)
            {
                var port = _byEndpoint[http.Name];
                _byEndpoint[endpoint.Name] = port;
                if (endpoint.IsExternal && !isBehindEdge) _byEndpoint[http.Name] = _byEndpoint[endpoint.Name] = port with { External = true };
            }
            else _byEndpoint[endpoint.Name] = PortOf(endpoint, NumberOf(endpoint, isProject, taken)!.Value, isBehindEdge) with { Scheme = "http" };
        }
        All = _byEndpoint.Values.Distinct().ToEquatableArray();
    }

    /// <summary>Every port once.</summary>
    internal EquatableArray<Port> All { get; }

    /// <summary>The port that serves an endpoint; null if there is no such endpoint.</summary>
    internal Port? Find(string endpoint) => _byEndpoint.GetValueOrDefault(endpoint);

    private static bool IsServedByHttp(EndpointAnnotation endpoint, bool isProject) => isProject && endpoint.UriScheme == "https";

    private static int? NumberOf(EndpointAnnotation endpoint, bool isProject, HashSet<int> taken)
    {
        if (endpoint.TargetPort is { } target) return target;
        if (!isProject) return endpoint.Port;
        var number = FirstProjectPort;
        while (!taken.Add(number)) number++;
        return number;
    }

    private static Port PortOf(EndpointAnnotation endpoint, int number, bool isBehindEdge) => new(endpoint.Name, number, endpoint.UriScheme)
    {
        Protocol = endpoint.Protocol == ProtocolType.Udp ? PortProtocol.Udp : PortProtocol.Tcp,
        External = endpoint.IsExternal && !(isBehindEdge && endpoint.UriScheme is "http" or "https"),
        ExternalNumber = endpoint is { IsExternal: true, Port: { } outside } && outside != number ? outside : null,
    };
}
