using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Lets containers reach what runs on the machine itself, which listens on loopback alone: DCP carries connections from its own container on their network to the services
/// before the endpoints. All endpoints are tunnelled at once, when the first container needs one.
/// </summary>
internal sealed class HostTunnel(DistributedApplicationModel model) : IDisposable
{
    // The first use on a machine pulls and builds the image of DCP's container.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _once = new(1, 1);
    private bool _isMade;

    /// <summary>Gives the endpoints that a container's values are made from an address on the containers' network.</summary>
    /// <param name="client">DCP.</param>
    /// <param name="values">What was declared for the container.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DistributedApplicationException">There can be no tunnel; the message says why.</exception>
    public async Task ReachAsync(DcpClient client, IEnumerable<object> values, CancellationToken cancellationToken)
    {
        if (!NeededEndpoints.Of(values).Any(needed => !needed.Resource.IsContainer() && needed.Exists && CanBeTunnelled(needed.EndpointAnnotation)))
        {
            return;
        }

        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isMade)
            {
                await MakeAsync(client, cancellationToken).ConfigureAwait(false);
                _isMade = true;
            }
        }
        finally
        {
            _once.Release();
        }
    }

    public void Dispose() => _once.Dispose();

    private static bool CanBeTunnelled(EndpointAnnotation endpoint) => endpoint is { Protocol: ProtocolType.Tcp, IsProxied: true };

    private async Task MakeAsync(DcpClient client, CancellationToken cancellationToken)
    {
        var ways = model.Resources.Where(resource => !resource.IsContainer())
            .SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Where(CanBeTunnelled).Select(endpoint => (Endpoint: endpoint, Service: EndpointAllocation.ServiceName(resource, endpoint))))
            .ToList();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await Task.WhenAll(ways.Select(way => client.CreateAsync(InContainers(way.Service), limit.Token))).ConfigureAwait(false);
            var proxy = new ContainerNetworkTunnelProxy
            {
                Metadata = { Name = ContainersNetwork.Name + "-tunnelproxy" },
                Spec = new()
                {
                    ContainerNetworkName = ContainersNetwork.Name,
                    Aliases = [KnownHostNames.DefaultContainerTunnelHostName],
                    Tunnels = [.. ways.Select(way => new TunnelConfiguration(NameInContainers(way.Service), way.Service, NameInContainers(way.Service)))],
                },
            };
            await client.CreateAsync(proxy, limit.Token).ConfigureAwait(false);
            var made = await client.WatchAsync<ContainerNetworkTunnelProxy>(limit.Token)
                .FirstAsync(p => p.Metadata.Name == proxy.Metadata.Name && p.Status?.State is "Running" or "Failed", limit.Token).ConfigureAwait(false);
            if (made.Status!.State == "Failed")
            {
                throw new DistributedApplicationException($"The container engine can't give containers a way to this machine: {made.Status.Message}");
            }

            foreach (var (endpoint, service) in ways)
            {
                var name = NameInContainers(service);
                var there = await client.WatchAsync<Service>(limit.Token).FirstAsync(s => s.Metadata.Name == name && s.Status?.EffectivePort > 0, limit.Token).ConfigureAwait(false);
                endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(KnownNetworkIdentifiers.DefaultAspireContainerNetwork, new(
                    endpoint,
                    KnownHostNames.DefaultContainerTunnelHostName,
                    there.Status!.EffectivePort!.Value,
                    EndpointBindingMode.SingleAddress,
                    EndpointAllocation.PortTemplate(service),
                    KnownNetworkIdentifiers.DefaultAspireContainerNetwork));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"The container engine has not given containers a way to this machine within {Limit.TotalMinutes} minutes.");
        }
    }

    private static string NameInContainers(string service) => service + "-in-containers";

    private static Service InContainers(string service) => new()
    {
        Metadata = { Name = NameInContainers(service) },
        Spec = new() { AddressAllocationMode = "Proxyless" },
    };
}
