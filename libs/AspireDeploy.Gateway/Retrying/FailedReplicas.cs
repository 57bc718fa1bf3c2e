using Yarp.ReverseProxy.Model;

namespace AspireDeploy.Gateway.Retrying;

/// <summary>The replicas that one request has failed on, and which are to be tried next.</summary>
internal sealed class FailedReplicas
{
    private readonly Dictionary<DestinationState, int> _arrivals = [];

    /// <summary>Notes a failure.</summary>
    /// <param name="replica">The replica that it failed on.</param>
    /// <param name="arrived">Whether the request may have arrived there.</param>
    internal void Add(DestinationState replica, bool arrived) => _arrivals[replica] = _arrivals.GetValueOrDefault(replica) + (arrived ? 1 : 0);

    /// <summary>
    /// The replicas to try next: those that are well, rather untried ones; else untried ones that aren't well. Empty while there is none; null once every replica there is has
    /// broken it off <see cref="RetryPolicy.AttemptsPerReplica"/> times, and more of them would change nothing.
    /// </summary>
    internal IReadOnlyList<DestinationState>? Next(IReadOnlyList<DestinationState> all)
    {
        List<DestinationState> left = [.. all.Where(replica => _arrivals.GetValueOrDefault(replica) < RetryPolicy.AttemptsPerReplica)];
        if (left.Count == 0 && all.Count > 0) return null;
        List<DestinationState> well = [.. left.Where(replica => replica.Health.Active == DestinationHealth.Healthy)];
        List<DestinationState> wellAndUntried = [.. well.Where(replica => !_arrivals.ContainsKey(replica))];
        return wellAndUntried.Count > 0 ? wellAndUntried : well.Count > 0 ? well : [.. left.Where(replica => !_arrivals.ContainsKey(replica))];
    }
}
