using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>The network that the application's containers share. It is made with the first of them, and goes with the application unless one of them stays.</summary>
internal sealed class ContainersNetwork(
    IConfiguration configuration, DistributedApplicationModel model, ContainerKeeping keeping, ILogger<DistributedApplication> applicationLog) : IDisposable
{
    private const int HashLength = 10;

    private const string NotYet =
        "The containers' network isn't there yet: the container engine doesn't answer, or has no range of addresses left (its 'network prune' frees those unused). It is tried again until it is.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();
    private Task? _made;
    private bool _isSaid;

    /// <summary>DCP's name of it, which containers are connected by.</summary>
    public static string Name => KnownNetworkIdentifiers.DefaultAspireContainerNetwork.Value;

    /// <summary>Whether it has been asked for.</summary>
    public bool IsAsked => _made is not null;

    private string Hash => configuration["AppHost:Sha256"]![..HashLength].ToLowerInvariant();

    /// <summary>The host that a container is found at by others on the network.</summary>
    public static string HostOf(IResource container) => $"{container.Name}.dev.internal";

    /// <summary>Waits until it is there. What is in the way for a while, such as an engine that doesn't answer, is said to the log, and waited for.</summary>
    /// <param name="client">Makes it, the first time.</param>
    /// <param name="log">The log of the container that wants it.</param>
    /// <param name="cancellationToken">Ends the wait, not the making.</param>
    /// <exception cref="DistributedApplicationException">The engine refuses to make it. The next who wants it tries again.</exception>
    public async Task MakeAsync(DcpClient client, ILogger log, CancellationToken cancellationToken)
    {
        Task made;
        lock (_lock)
        {
            made = _made = _made is null or { IsFaulted: true } ? MakeAsync(client, _ending.Token) : _made;
        }

        try
        {
            await made.WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            log.LogWarning(NotYet);
            if (!Interlocked.Exchange(ref _isSaid, true))
            {
                applicationLog.LogWarning(NotYet);
            }

            await made.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task MakeAsync(DcpClient client, CancellationToken cancellationToken)
    {
        await client.CreateAsync(new ContainerNetwork { Metadata = { Name = Name }, Spec = Spec() }, cancellationToken).ConfigureAwait(false);
        await foreach (var network in client.WatchAsync<ContainerNetwork>(cancellationToken).ConfigureAwait(false))
        {
            switch (network.Status?.State)
            {
                case "Running":
                    return;
                case "FailedToStart":
                    await client.DeleteAsync<ContainerNetwork>(Name, cancellationToken).ConfigureAwait(false);
                    throw new DistributedApplicationException($"The containers' network could not be made: {ContainerFailure.Told(network.Status.Message ?? "")}");
            }
        }
    }

    // The engine's own name of it: one per run, or one per AppHost where containers outlive the run and must be found again.
    private ContainerNetworkSpec Spec() => model.Resources.Any(ContainerKeeping.IsPersistent)
        ? new() { NetworkName = $"aspire-persistent-network-{Hash}", Persistent = true }
        : new() { NetworkName = $"aspire-session-network-{Hash}-{keeping.Run}" };
}
