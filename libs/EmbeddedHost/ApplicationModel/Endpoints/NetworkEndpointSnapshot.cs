namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where an endpoint is reached on one network.</summary>
/// <param name="Snapshot">Where.</param>
/// <param name="NetworkID">The network.</param>
public record class NetworkEndpointSnapshot(ValueSnapshot<AllocatedEndpoint> Snapshot, NetworkIdentifier NetworkID);
