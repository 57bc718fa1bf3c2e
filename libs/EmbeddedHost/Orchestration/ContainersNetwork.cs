using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>The network that the application's containers share. It is made with the first of them, and goes with the application unless one of them stays.</summary>
internal sealed class ContainersNetwork(IConfiguration configuration, DistributedApplicationModel model, ContainerKeeping keeping) : IDisposable
{
    private const int HashLength = 10;

    private readonly SemaphoreSlim _once = new(1, 1);

    /// <summary>DCP's name of it, which containers are connected by.</summary>
    public static string Name => KnownNetworkIdentifiers.DefaultAspireContainerNetwork.Value;

    /// <summary>Whether it has been made.</summary>
    public bool IsMade { get; private set; }

    private string Hash => configuration["AppHost:Sha256"]![..HashLength].ToLowerInvariant();

    /// <summary>The host that a container is found at by others on the network.</summary>
    public static string HostOf(IResource container) => $"{container.Name}.dev.internal";

    public async Task MakeAsync(DcpClient client, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsMade)
            {
                await client.CreateAsync(new ContainerNetwork { Metadata = { Name = Name }, Spec = Spec() }, cancellationToken).ConfigureAwait(false);
                IsMade = true;
            }
        }
        finally
        {
            _once.Release();
        }
    }

    public void Dispose() => _once.Dispose();

    // The engine's own name of it: one per run, or one per AppHost where containers outlive the run and must be found again.
    private ContainerNetworkSpec Spec() => model.Resources.Any(ContainerKeeping.IsPersistent)
        ? new() { NetworkName = $"aspire-persistent-network-{Hash}", Persistent = true }
        : new() { NetworkName = $"aspire-session-network-{Hash}-{keeping.Run}" };
}
