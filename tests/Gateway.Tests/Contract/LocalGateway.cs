using System.Globalization;
using System.Net.Sockets;
using AspireDeploy.Gateway.Control;
using AspireDeploy.Workload;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>The gateway of a developer's machine: its program, told of its replicas by a host, as an AppHost is one.</summary>
public class LocalGateway : ContractGateway
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly List<LocalReplica> _replicas = [];
    private readonly Uri _address = new($"https://localhost:{ServiceProcess.FreePort()}");
    private readonly Uri _plainAddress = new($"http://localhost:{ServiceProcess.FreePort()}");
    private readonly CancellationTokenSource _ending = new();
    private ServiceProcess? _process;
    private Socket? _listener;
    private HostSide? _host;
    private Task? _following;
    private volatile GatewayStatus _status = new(0, [], []);
    private long _version;
    private int _started;

    public override Uri Address => _address;

    public override Uri PlainAddress => _plainAddress;

    public override IReadOnlyList<ContractReplica> Replicas => [.. _replicas.Where(replica => replica.IsRunning)];

    public override IReadOnlyList<string> Log => [.. _process!.Output, .. _process.Errors];

    /// <summary>Gets what it is told beside its routes and services.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    /// <summary>Gets how many replicas there are from the start.</summary>
    protected virtual int First => 3;

    public override async ValueTask InitializeAsync()
    {
        var control = Path.Combine(DirectoryPath, "control");
        _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(control));
        _listener.Listen();
        _process = ServiceProcess.Start(
            "libs/AspireDeploy.Gateway",
            new Dictionary<string, string?>(Settings)
            {
                ["ASPNETCORE_URLS"] = $"{_plainAddress.GetLeftPart(UriPartial.Authority)};{_address.GetLeftPart(UriPartial.Authority)}",
                ["ASPNETCORE_HTTPS_PORT"] = _address.Port.ToString(CultureInfo.InvariantCulture),
                ["Gateway__Control"] = control,
                ["Gateway__Routes__0__Path"] = "/",
                ["Gateway__Routes__0__Service"] = "api",
                ["Gateway__Routes__1__Path"] = "/stripped",
                ["Gateway__Routes__1__Service"] = "api",
                ["Gateway__Routes__1__StripPrefix"] = "true",
                ["Gateway__Routes__2__Path"] = "/aspiredeploy.contract.Echo",
                ["Gateway__Routes__2__Service"] = "echo",
                ["Gateway__Services__api__Probe"] = "/health",
                ["Gateway__Services__echo__Probe"] = "/health",
                ["Gateway__Services__echo__Http2"] = "true",
            }
        );
        _host = new(await _listener.AcceptAsync(TestContext.Current.CancellationToken));
        _following = FollowAsync();
        for (var i = 0; i < First; i++)
            await StartReplicaAsync();
        await UntilSentToAsync([.. _replicas]);
        await _process.UntilListeningAsync(_address.Port, TestContext.Current.CancellationToken);
    }

    public override async Task<ContractReplica> StartReplicaAsync(bool isReady = true)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"replica-{++_started}");
        var (port, http2Port) = (ServiceProcess.FreePort(), ServiceProcess.FreePort());
        var process = ServiceProcess.Start(
            "tests/ContractReplica",
            new Dictionary<string, string?>
            {
                ["REPLICA_PORTS"] = $"{port};{http2Port}",
                ["REPLICA_NAME"] = name,
                ["REPLICA_LEDGER"] = Ledger,
                ["REPLICA_READY"] = isReady ? "true" : "false",
            }
        );
        var replica = new LocalReplica(name, process, new($"http://127.0.0.1:{port}"), new($"http://127.0.0.1:{http2Port}"));
        _replicas.Add(replica);
        await TellAsync();
        await process.UntilListeningAsync(http2Port, TestContext.Current.CancellationToken);
        return replica;
    }

    public override async Task DrainAsync(ContractReplica replica)
    {
        _replicas.Remove((LocalReplica)replica);
        await TellAsync();
    }

    public override Task UntilSentToAsync(IReadOnlyCollection<ContractReplica> replicas)
    {
        var wanted = replicas.SelectMany(replica => (string[])[replica.Name, $"{replica.Name}-http2"]).ToHashSet();
        return Until.TrueAsync(IsSo, Limit, Otherwise, TestContext.Current.CancellationToken);

        Task<bool> IsSo() => Task.FromResult(wanted.SetEquals(_status.Healthy));

        string Otherwise() =>
            string.Join(
                Environment.NewLine,
                [$"It sends to {string.Join(", ", _status.Healthy)}, and not to {string.Join(", ", wanted)}.", .. Log]
            );
    }

    protected override async Task StopAsync()
    {
        await _ending.CancelAsync();
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        if (_process is not null)
            await _process.DisposeAsync();
        if (_following is not null)
            await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host?.Dispose();
        _listener?.Dispose();
        _ending.Dispose();
    }

    // A host tells where living replicas are; which of them are ready, the gateway finds out.
    private async Task TellAsync()
    {
        var version = ++_version;
        var running = _replicas.Where(replica => replica.IsRunning).ToList();
        await _host!.SendListAsync(
            new(
                version,
                new Dictionary<string, IReadOnlyList<Replica>>
                {
                    ["api"] = [.. running.Select(replica => new Replica(replica.Name, replica.Address.ToString()))],
                    ["echo"] = [.. running.Select(replica => new Replica($"{replica.Name}-http2", replica.Http2Address.ToString()))],
                }
            )
        );
        await Until.TrueAsync(() => _status.Version >= version, "It didn't take the list.", TestContext.Current.CancellationToken);
    }

    private async Task FollowAsync()
    {
        while (await _host!.NextAsync(_ending.Token) is { } status)
            _status = status;
    }
}
