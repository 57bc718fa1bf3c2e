using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// The ports of a workload, from its endpoints. A project's endpoints for HTTPS are served by its port for HTTP: TLS ends at the gateway. A
/// project is told which ports to listen on, so one that declares none gets 8080 and those after it. An image listens where it listens: an
/// endpoint that declares no port gets 8000 and those after it, which its process can only know by a variable. An external endpoint that
/// declares no port outside has the one inside there, or where another endpoint has that, the next that is free.
/// </summary>
internal sealed class WorkloadPorts
{
    private const int FirstProjectPort = 8080;

    // The first that Aspire gives to what is told its port, such as a program in Node.
    private const int FirstPort = 8000;

    private readonly Dictionary<string, Port> _byEndpoint = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<(int Number, ProtocolType Protocol)> _outside;

    private readonly bool _isHttp2;

    /// <summary>Reads a workload's ports.</summary>
    /// <param name="resource">The workload.</param>
    /// <param name="isBehindGateway">Whether the gateway sends requests to it.</param>
    /// <param name="outside">
    /// The ports outside that are taken: those that are declared (<see cref="DeclaredOutside"/>), to which others are added.
    /// </param>
    internal WorkloadPorts(IResource resource, bool isBehindGateway, HashSet<(int Number, ProtocolType Protocol)> outside)
    {
        _outside = outside;
        // Aspire's own mark isn't public; its endpoints have the transport from before the start on.
        _isHttp2 = resource.Annotations.Any(static annotation => annotation.GetType().Name == "Http2ServiceAnnotation");
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        var taken = endpoints.Select(static endpoint => endpoint.TargetPort).OfType<int>().ToHashSet();
        var isProject = resource is ProjectResource;
        foreach (var endpoint in endpoints.Where(endpoint => !IsServedByHttp(endpoint, isProject)))
            _byEndpoint[endpoint.Name] = PortOf(endpoint, NumberOf(endpoint, isProject, taken), isBehindGateway);
        foreach (var endpoint in endpoints.Where(endpoint => IsServedByHttp(endpoint, isProject)))
        {
            var http = endpoints.FirstOrDefault(each => each.UriScheme == "http" && each.TargetPort == endpoint.TargetPort)
                ?? endpoints.FirstOrDefault(static each => each.UriScheme == "http");
            if (http is not null)
            {
                var port = _byEndpoint[http.Name];
                _byEndpoint[endpoint.Name] = port;
                if (!endpoint.IsExternal || isBehindGateway)
                    continue;
                port = port.External
                    ? port with
                    {
                        ExternalTlsBeside = true,
                    }
                    : port with
                    {
                        External = true,
                        ExternalTls = true,
                        ExternalNumber = NumberOutside(endpoint, port.Number),
                    };
                _byEndpoint[http.Name] = _byEndpoint[endpoint.Name] = port;
            }
            else
            {
                var port = PortOf(endpoint, NumberOf(endpoint, isProject, taken), isBehindGateway);
                _byEndpoint[endpoint.Name] = port with { Scheme = "http", ExternalTls = port.External };
            }
        }
        All = _byEndpoint.Values.Distinct().ToEquatableArray();
    }

    /// <summary>Gets every port once.</summary>
    internal EquatableArray<Port> All { get; }

    /// <summary>Returns the ports outside that endpoints and gateways declare.</summary>
    internal static HashSet<(int Number, ProtocolType Protocol)> DeclaredOutside(
        IEnumerable<IResource> resources,
        IEnumerable<GatewayResource> gateways
    ) =>
        [
            .. gateways
                .Select(GatewayReading.PortsOf)
                .SelectMany(static ports =>
                    new[] { (ports.Http, ProtocolType.Tcp), (ports.Https, ProtocolType.Tcp), (ports.Https, ProtocolType.Udp) }
                ),
            .. resources
                .SelectMany(static resource => resource.Annotations.OfType<EndpointAnnotation>())
                .Where(static endpoint => endpoint is { IsExternal: true, Port: not null })
                .Select(static endpoint => (endpoint.Port!.Value, endpoint.Protocol)),
        ];

    /// <summary>Returns the port that serves an endpoint; null if there is no such endpoint.</summary>
    internal Port? Find(string endpoint) => _byEndpoint.GetValueOrDefault(endpoint);

    private static bool IsServedByHttp(EndpointAnnotation endpoint, bool isProject) => isProject && endpoint.UriScheme == "https";

    private static int NumberOf(EndpointAnnotation endpoint, bool isProject, HashSet<int> taken)
    {
        if (endpoint.TargetPort is { } target)
            return target;
        if (endpoint.Port is { } declared && !isProject)
            return declared;
        var number = isProject ? FirstProjectPort : FirstPort;
        while (!taken.Add(number))
            number++;
        return number;
    }

    private Port PortOf(EndpointAnnotation endpoint, int number, bool isBehindGateway)
    {
        var external = endpoint.IsExternal && !(isBehindGateway && endpoint.UriScheme is "http" or "https");
        return new(endpoint.Name, number, endpoint.UriScheme)
        {
            Http2 = endpoint.UriScheme == "http" && (_isHttp2 || endpoint.Transport == "http2"),
            Protocol = endpoint.Protocol == ProtocolType.Udp ? PortProtocol.Udp : PortProtocol.Tcp,
            External = external,
            ExternalNumber = external ? NumberOutside(endpoint, number) : null,
        };
    }

    private int? NumberOutside(EndpointAnnotation endpoint, int number)
    {
        var outside = endpoint.Port ?? number;
        if (endpoint.Port is null)
        {
            while (!_outside.Add((outside, endpoint.Protocol)))
                outside++;
        }
        return outside == number ? null : outside;
    }
}
