using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Gives endpoints their addresses. A proxied one is a service of DCP, which listens for it and spreads connections over the instances; any other is a port that
/// the instance itself listens on.
/// </summary>
internal sealed class EndpointAllocation(IConfiguration configuration)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The name of the service that stands before an endpoint.</summary>
    public static string ServiceName(IResource resource, EndpointAnnotation endpoint) => $"{resource.Name}-{endpoint.Name}".ToLowerInvariant();

    /// <summary>What DCP replaces, in the environment and arguments of an instance, by the port on which that instance serves a service.</summary>
    public static string PortTemplate(string service) => $$$"""{{- portForServing "{{{service}}}" -}}""";

    /// <summary>Gives those their addresses that nothing stands before.</summary>
    /// <exception cref="DistributedApplicationException">A wanted port of any endpoint is taken; the message says which, by whom, and for what it is wanted.</exception>
    public void AllocateOwn(IReadOnlyList<IResource> resources)
    {
        var endpoints = Endpoints(resources).ToList();
        if (configuration["AppHost:Isolated"] == "true" || configuration["DcpPublisher:RandomizePorts"] is "true" or "True")
        {
            endpoints.ForEach(e => e.Endpoint.Port = null);
        }

        foreach (var (resource, endpoint) in endpoints.Where(e => e.Endpoint.Port is not null))
        {
            ThrowIfTaken(resource, endpoint, endpoint.Port!.Value);
        }

        foreach (var (_, endpoint) in endpoints.Where(e => !e.Endpoint.IsProxied))
        {
            var port = endpoint.Port ?? endpoint.TargetPort ?? FreePort();
            endpoint.AllocatedEndpoint = new(endpoint, endpoint.TargetHost, port, port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (var (resource, endpoint) in endpoints.Where(e => e.Resource.IsContainer() && e.Endpoint.TargetPort is not null))
        {
            endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(KnownNetworkIdentifiers.DefaultAspireContainerNetwork, new(
                endpoint, ContainersNetwork.HostOf(resource), endpoint.TargetPort!.Value, EndpointBindingMode.SingleAddress, null, KnownNetworkIdentifiers.DefaultAspireContainerNetwork));
        }
    }

    /// <summary>Makes services of DCP for the proxied ones; returns when all have their addresses.</summary>
    /// <exception cref="DistributedApplicationException">A wanted port is taken; the message says which, by whom, and for what it is wanted.</exception>
    public static async Task AllocateProxiedAsync(DcpClient client, IReadOnlyList<IResource> resources, CancellationToken cancellationToken)
    {
        var endpoints = Endpoints(resources).Where(e => e.Endpoint.IsProxied).ToList();
        if (endpoints.Count == 0)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var waiting = endpoints.ToDictionary(e => ServiceName(e.Resource, e.Endpoint));
        try
        {
            var services = client.WatchAsync<Service>(limit.Token).GetAsyncEnumerator(limit.Token);
            await using (services.ConfigureAwait(false))
            {
                var next = services.MoveNextAsync().AsTask();
                await Task.WhenAll(waiting.Select(e => client.CreateAsync(Service(e.Key, e.Value.Endpoint), limit.Token))).ConfigureAwait(false);
                while (waiting.Count > 0 && await next.ConfigureAwait(false))
                {
                    if (services.Current is { Status: { EffectivePort: > 0 and var port } } service && waiting.Remove(service.Metadata.Name, out var found))
                    {
                        found.Endpoint.AllocatedEndpoint = new(found.Endpoint, found.Endpoint.TargetHost, port, PortTemplate(service.Metadata.Name));
                    }

                    next = waiting.Count > 0 ? services.MoveNextAsync().AsTask() : next;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var (resource, endpoint) = waiting.Values.First();
            ThrowIfTaken(resource, endpoint, endpoint.Port ?? 0);
            throw new DistributedApplicationException($"Endpoint '{endpoint.Name}' of '{resource.Name}' got no address within {Limit.TotalSeconds} s.");
        }
    }

    private static IEnumerable<(IResource Resource, EndpointAnnotation Endpoint)> Endpoints(IEnumerable<IResource> resources) =>
        resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (resource, endpoint)));

    private static Service Service(string name, EndpointAnnotation endpoint) => new()
    {
        Metadata = { Name = name },
        Spec = new()
        {
            Port = endpoint.Port,
            Protocol = endpoint.Protocol == ProtocolType.Udp ? "UDP" : "TCP",
            AddressAllocationMode = "Localhost",
        },
    };

    private static void ThrowIfTaken(IResource resource, EndpointAnnotation endpoint, int port)
    {
        if (port > 0 && PortHolder.IsTaken(port))
        {
            throw new DistributedApplicationException(PortHolder.Taken(port, $"'{resource.Name}' needs it for its endpoint '{endpoint.Name}'"));
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
