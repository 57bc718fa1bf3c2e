using Yarp.ReverseProxy.Model;

namespace AspireDeploy.Gateway.Retrying;

/// <summary>The replicas that one request has failed on, and which are to be tried next.</summary>
internal sealed class FailedReplicas
{
    private readonly HashSet<DestinationState> _tried = [];
    private int _deliveries;

    /// <summary>Notes a failure.</summary>
    /// <param name="replica">The replica that it failed on.</param>
    /// <param name="arrived">Whether the request may have arrived there.</param>
    internal void Add(DestinationState replica, bool arrived)
    {
        _tried.Add(replica);
        if (arrived)
            _deliveries++;
    }

    /// <summary>
    /// Returns the replicas to try next: those that are well, rather untried ones; else untried ones that were well once. Empty while there
    /// is none; null once the request has been delivered <see cref="RetryPolicy.Deliveries"/> times.
    /// </summary>
    internal IReadOnlyList<DestinationState>? Next(IReadOnlyList<DestinationState> all)
    {
        if (_deliveries >= RetryPolicy.Deliveries)
            return null;
        List<DestinationState> well = [.. all.Where(replica => replica.Health.Active == DestinationHealth.Healthy)];
        List<DestinationState> wellAndUntried = [.. well.Where(replica => !_tried.Contains(replica))];
        if (wellAndUntried.Count > 0)
            return wellAndUntried;
        return well.Count > 0
            ? well
            : [.. all.Where(replica => replica.Health.Active == DestinationHealth.Unhealthy && !_tried.Contains(replica))];
    }
}
