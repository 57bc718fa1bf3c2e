namespace AspireDeploy.Gateway.Control;

/// <summary>From the gateway to the host, one JSON object a line, whenever it changes.</summary>
/// <param name="Version">The version of the list that is in use.</param>
/// <param name="Busy">The replicas that are no longer on the list and still have requests in flight.</param>
/// <param name="Healthy">The replicas on the list that are well.</param>
internal sealed record GatewayStatus(long Version, IReadOnlyList<string> Busy, IReadOnlyList<string> Healthy);
