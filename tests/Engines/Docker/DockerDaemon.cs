using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using AspireDeploy.Tools;

namespace AspireDeploy.Engines.Docker;

/// <summary>
/// A Docker daemon in process and mount namespaces of its own: when it is killed, or the test run is, the kernel ends all that it runs. It
/// touches no packet filter; published ports are served by its proxies on the machine's loopback, or, where the engine has a network of its
/// own, there.
/// </summary>
/// <param name="programs">Docker's programs.</param>
/// <param name="environment">Where other programs are.</param>
/// <param name="slot">What it has for itself.</param>
/// <param name="dataName">The folder of its data.</param>
/// <param name="registry">The registry that it asks first.</param>
/// <param name="name">What it takes the machine's name to be; null: what that is.</param>
internal sealed class DockerDaemon(
    DockerPrograms programs,
    ToolEnvironment environment,
    EngineSlot slot,
    string dataName,
    string registry,
    string? name = null
) : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private OwnedProcess? _process;

    /// <summary>Gets what a client needs to reach it.</summary>
    public string Host => "unix://" + Socket;

    /// <summary>Gets the directory of its images, containers and volumes.</summary>
    public string Data { get; } = Path.Combine(slot.Directory, dataName);

    /// <summary>Gets what it has written since it was started.</summary>
    public string Output => _process?.Output ?? "";

    private string Socket => Path.Combine(slot.Directory, "docker.sock");

    private string State => Path.Combine(slot.Directory, "state");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process?.Dispose();
        // What is there is of one that was killed; its identifiers of processes mean nothing any more.
        if (Directory.Exists(State))
            Directory.Delete(State, recursive: true);
        File.Delete(Socket);
        Directory.CreateDirectory(State);
        Directory.CreateDirectory(Data);
        await slot.SweepAsync(cancellationToken);
        await slot.AddBridgeAsync(cancellationToken);
        var configuration = Path.Combine(slot.Directory, "daemon.json");
        await File.WriteAllTextAsync(configuration, Configuration(), cancellationToken);

        // A first process that does nothing but wait for others: the daemon itself would leave the dead ones of containers lying about.
        string[] command = [programs.Init, "--", programs.Daemon, "--config-file", configuration];
        if (name is not null)
            command = ["sh", "-c", "hostname \"$0\" && exec \"$@\"", name, .. command];
        command = [environment.OnPath("unshare")!, "--pid", "--mount", "--uts", "--fork", "--kill-child", "--mount-proc", .. command];
        if (slot.Network is { } network)
            command = network.Enter(command);
        _process = OwnedProcess.Start(
            new(command[0], command[1..], slot.Directory, new Dictionary<string, string> { ["PATH"] = programs.SearchPath(environment) })
        );

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (!await AnswersAsync(limit.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The Docker engine ended instead of starting: {_process.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }

    /// <summary>Asks it to end, as a shutdown of the machine does, and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || _process is not { HasExited: false } process)
            return;
        // unshare keeps signals to itself; its child is the one to ask.
        var child = await File.ReadAllTextAsync(
            string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/task/{process.Id}/children"),
            cancellationToken
        );
        UnixCalls.Signal(int.Parse(child.Trim(), CultureInfo.InvariantCulture), Terminate);
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Ends it and everything that it runs, at once.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
            await process.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        await slot.SweepAsync(CancellationToken.None);
    }

    private string Configuration() =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["hosts"] = new[] { Host },
                ["data-root"] = Data,
                ["exec-root"] = State,
                ["pidfile"] = Path.Combine(State, "docker.pid"),
                ["cgroup-parent"] = slot.CgroupParent,
                ["bridge"] = slot.Bridge,
                ["default-address-pools"] = new[]
                {
                    new Dictionary<string, object> { ["base"] = slot.NetworkPool, ["size"] = 26 },
                },
                ["iptables"] = false,
                ["ip6tables"] = false,
                ["ip-masq"] = false,
                ["registry-mirrors"] = new[] { "http://" + registry },
                ["log-level"] = "warn",
            }
        );

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await client.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
            await client.SendAsync("GET /_ping HTTP/1.0\r\n\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[12];
            var read = await client.ReceiveAsync(answer, cancellationToken);
            return answer.AsSpan(0, read).SequenceEqual("HTTP/1.0 200"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
