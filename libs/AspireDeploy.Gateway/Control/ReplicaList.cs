namespace AspireDeploy.Gateway.Control;

/// <summary>
/// From the host to the gateway, one JSON object a line: where every service's replicas are now. It is whole each time: what isn't on it is
/// sent nothing more.
/// </summary>
/// <param name="Version">Grows by one with each list.</param>
/// <param name="Services">The replicas of each service, by the service's name.</param>
internal sealed record ReplicaList(long Version, IReadOnlyDictionary<string, IReadOnlyList<Replica>> Services);

/// <summary>One replica, for as long as its process lives: when it is started again, it is another.</summary>
/// <param name="Id">Tells it from all others.</param>
/// <param name="Address">Where it listens: <c>http://127.0.0.1:41234</c>.</param>
internal sealed record Replica(string Id, string Address);
