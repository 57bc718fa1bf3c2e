using AspireDeploy.Gateway.Control;
using AspireDeploy.Gateway.Routing;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;

namespace AspireDeploy.Gateway.Replicas;

/// <summary>
/// The replicas in use. A new list takes effect at once; requests in flight to a replica that is no longer on it go on to their end.
/// </summary>
internal sealed class ReplicaTable(GatewaySettings settings, InMemoryConfigProvider provider, IServiceProvider services)
    : IConfigChangeListener
{
    private readonly Lock _lock = new();
    private readonly List<DestinationState> _leaving = [];
    private TaskCompletionSource _changed = NewSource();
    private long _version;

    // YARP itself asks for its listeners, so its state can't be asked for in the constructor.
    private IProxyStateLookup State => field ??= services.GetRequiredService<IProxyStateLookup>();

    /// <summary>Ends when a replica has come, gone, become well or unwell. Ask for it before looking at the table.</summary>
    internal Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>Returns the replicas on the list, with the service that each belongs to.</summary>
    internal IReadOnlyList<(ClusterState Service, DestinationState Replica)> Replicas =>
        [.. State.GetClusters().SelectMany(service => service.Destinations.Values.Select(replica => (service, replica)))];

    /// <summary>Gets what a host is told.</summary>
    internal GatewayStatus Status
    {
        get
        {
            lock (_lock)
            {
                _leaving.RemoveAll(replica => replica.ConcurrentRequestCount == 0);
                return new(
                    _version,
                    [.. _leaving.Select(replica => replica.DestinationId)],
                    [.. Replicas.Where(r => r.Replica.Health.Active == DestinationHealth.Healthy).Select(r => r.Replica.DestinationId)]
                );
            }
        }
    }

    /// <summary>Puts a list into use.</summary>
    internal void Use(ReplicaList list)
    {
        var kept = list.Services.Values.SelectMany(replicas => replicas).Select(replica => replica.Id).ToHashSet();
        lock (_lock)
        {
            _leaving.AddRange(Replicas.Select(r => r.Replica).Where(replica => !kept.Contains(replica.DestinationId)));
        }

        provider.Update(
            ProxyConfiguration.Routes(settings),
            ProxyConfiguration.Clusters(settings, list),
            ProxyConfiguration.Revision(list.Version)
        );
    }

    /// <summary>Wakes those who wait for <see cref="Changed"/>.</summary>
    internal void TellChanged()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            (changed, _changed) = (_changed, NewSource());
        }

        changed.SetResult();
    }

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
        lock (_lock)
        {
            _version = proxyConfigs
                .Select(config => long.TryParse(config.RevisionId, out var version) ? version : 0)
                .DefaultIfEmpty(0)
                .Max();
        }

        TellChanged();
    }

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception)
    {
        // YARP logs it, and goes on with what it has.
    }

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
        // Only what is applied counts.
    }

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception)
    {
        // YARP logs it, and goes on with what it has.
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
