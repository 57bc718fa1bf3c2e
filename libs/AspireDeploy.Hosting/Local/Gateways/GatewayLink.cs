using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Gateway.Control;
using AspireDeploy.Local.Replicas;

namespace AspireDeploy.Local.Gateways;

/// <summary>The host's end of the link to one gateway: a Unix socket in a directory that only this user can enter.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="controlPath">The socket.</param>
internal sealed class GatewayLink(GatewayResource gateway, string controlPath)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _draining = [];
    private TaskCompletionSource _changed = NewSource();
    private ReplicaList _list = new(0, new Dictionary<string, IReadOnlyList<Replica>>());
    private GatewayStatus? _status;

    internal string ControlPath => controlPath;

    internal bool IsBefore(IResource service) => gateway.Routes.Any(route => route.Service == service);

    /// <summary>
    /// Takes a run off the list; returns when the gateway has heard, and no request to the run is in flight. If no gateway is there, there
    /// is nothing to wait for.
    /// </summary>
    internal async Task DrainAsync(string run, ReplicaRegistry registry, CancellationToken cancellationToken)
    {
        lock (_lock)
            _draining.Add(run);
        var version = Refresh(registry);
        await UntilAsync(status => status is null || (status.Version >= version && !status.Busy.Contains(run)), cancellationToken)
            .ConfigureAwait(false);
    }

    internal Task UntilServingAsync(string run, CancellationToken cancellationToken) =>
        UntilAsync(status => status is null || status.Healthy.Contains(run), cancellationToken);

    /// <summary>Serves the gateway until the application stops; one that is started again links again.</summary>
    internal async Task RunAsync(ReplicaRegistry registry, CancellationToken cancellationToken)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(controlPath));
        listener.Listen();
        var refreshing = RefreshAsync(registry, cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            using var socket = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await ServeAsync(socket, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or SocketException or JsonException)
            {
                // The gateway has gone.
            }
            finally
            {
                Hear(null);
            }
        }

        await refreshing.ConfigureAwait(false);
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(socket);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var telling = TellAsync(stream, ending.Token);
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                Hear(JsonSerializer.Deserialize(line, ControlJson.Default.GatewayStatus));
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        long sent = -1;
        while (true)
        {
            Task changed;
            ReplicaList list;
            lock (_lock)
                (changed, list) = (_changed.Task, _list);
            if (list.Version != sent)
            {
                await stream
                    .WriteAsync(
                        (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(list, ControlJson.Default.ReplicaList), (byte)'\n'],
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                sent = list.Version;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RefreshAsync(ReplicaRegistry registry, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = registry.Changed;
            Refresh(registry);
            await changed.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Makes the list anew.</summary>
    /// <returns>Its version.</returns>
    private long Refresh(ReplicaRegistry registry)
    {
        lock (_lock)
        {
            _draining.IntersectWith(registry.All.Select(replica => replica.Run));
            var services = gateway
                .Routes.DistinctBy(route => route.Service)
                .ToDictionary(
                    route => route.Service.Name,
                    IReadOnlyList<Replica> (route) =>
                        [
                            .. registry
                                .Of(route.Service)
                                .Where(replica => replica.IsRunning && replica.Pid is > 0 && !_draining.Contains(replica.Run))
                                .Select(replica => new Replica(replica.Run, ReplicaAddress.For(replica, route.Endpoint))),
                        ]
                );
            if (services.All(service => _list.Services.TryGetValue(service.Key, out var before) && before.SequenceEqual(service.Value)))
                return _list.Version;
            _list = new(_list.Version + 1, services);
            TellChanged();
            return _list.Version;
        }
    }

    private void Hear(GatewayStatus? status)
    {
        lock (_lock)
        {
            _status = status;
            TellChanged();
        }
    }

    private async Task UntilAsync(Predicate<GatewayStatus?> isAsWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (isAsWanted(_status))
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void TellChanged()
    {
        _changed.SetResult();
        _changed = NewSource();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
