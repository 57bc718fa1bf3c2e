using AspireDeploy.Local.Replicas;
using AspireDeploy.Tools;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Local.Gateways;

/// <summary>Tells every gateway where the replicas are that it balances over, and hears from it what has become of them.</summary>
internal sealed class GatewayLinks(ReplicaRegistry registry, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(30);

    private readonly List<GatewayLink> _links = [];
    private readonly Lazy<ControlFolder> _folder = new(() => ControlFolder.Create(RunFolder.Open(ToolEnvironment.ForProcess())));

    /// <summary>Gives a gateway its settings, and listens for it.</summary>
    internal void Prepare(GatewayResource gateway)
    {
        var link = new GatewayLink(gateway, Path.Combine(_folder.Value.Path, $"{_links.Count}"));
        _links.Add(link);
        GatewayEnvironment.Apply(gateway, link.ControlPath);
        foreach (var service in gateway.Routes.Select(route => (route.Service, route.Endpoint)).Distinct())
            ReplicaAddress.Reveal(service.Service, service.Endpoint);
        foreach (var service in gateway.Routes.Select(route => route.Service).Distinct())
            ForwardedRequests.Trust(service);
    }

    /// <summary>
    /// Has every gateway send a replica nothing more; returns when its last request has ended, or after a while all the same.
    /// </summary>
    internal async Task DrainAsync(ReplicaFacts replica, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestDrain, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await Task.WhenAll(_links.Select(link => link.DrainAsync(replica.Run, registry, either.Token)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until every gateway before a replica has found it well.</summary>
    internal Task UntilServingAsync(ReplicaFacts replica, CancellationToken cancellationToken) =>
        Task.WhenAll(
            _links.Where(link => link.IsBefore(replica.Resource)).Select(link => link.UntilServingAsync(replica.Run, cancellationToken))
        );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_links.Count == 0)
            return;
        await Task.WhenAll(_links.Select(link => link.RunAsync(registry, stoppingToken)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        base.Dispose();
        if (_folder.IsValueCreated)
            _folder.Value.Dispose();
    }
}
