using System.Collections;
using System.Collections.Concurrent;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where an endpoint is reached, network by network.</summary>
public class NetworkEndpointSnapshotList : IEnumerable<NetworkEndpointSnapshot>
{
    private readonly ConcurrentDictionary<NetworkIdentifier, NetworkEndpointSnapshot> _byNetwork = new();

    /// <summary>Adds a network, unless it is there.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="snapshot">Where the endpoint is reached on it.</param>
    /// <returns>Whether it was added.</returns>
    [Obsolete("Use AddOrUpdateAllocatedEndpoint.")]
    public bool TryAdd(NetworkIdentifier networkId, ValueSnapshot<AllocatedEndpoint> snapshot) => _byNetwork.TryAdd(networkId, new(snapshot, networkId));

    /// <summary>Says where the endpoint is reached on a network.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="endpoint">Where.</param>
    /// <exception cref="ArgumentException">The address belongs to another network.</exception>
    public void AddOrUpdateAllocatedEndpoint(NetworkIdentifier networkId, AllocatedEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.NetworkID != networkId)
        {
            throw new ArgumentException($"The address is valid on network '{endpoint.NetworkID}', not on '{networkId}'.", nameof(endpoint));
        }

        On(networkId).SetValue(endpoint);
    }

    /// <summary>Waits until it is known where the endpoint is reached on a network.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where.</returns>
    public Task<AllocatedEndpoint> GetAllocatedEndpointAsync(NetworkIdentifier networkId, CancellationToken cancellationToken = default) =>
        On(networkId).GetValueAsync(cancellationToken);

    /// <inheritdoc />
    public IEnumerator<NetworkEndpointSnapshot> GetEnumerator() => _byNetwork.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal AllocatedEndpoint? Known(NetworkIdentifier networkId) =>
        _byNetwork.TryGetValue(networkId, out var known) && known.Snapshot.GetValueAsync() is { IsCompletedSuccessfully: true } value ? value.Result : null;

    private ValueSnapshot<AllocatedEndpoint> On(NetworkIdentifier networkId) => _byNetwork.GetOrAdd(networkId, id => new(new(), id)).Snapshot;
}
