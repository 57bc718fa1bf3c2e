using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AspireDeploy.Tools;

namespace AspireDeploy.Engines.Docker;

/// <summary>
/// A network of its own, as a machine has one: interfaces, addresses, ports and packet filter that the machine of the tests has nothing to
/// do with. A process holds it; the kernel removes it, and what is in it, with that process and those that were started there.
/// </summary>
public sealed partial class NetworkNamespace : IAsyncDisposable
{
    private const int NewNetwork = 0x40000000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly OwnedProcess _holder;

    private NetworkNamespace(OwnedProcess holder) => _holder = holder;

    private string Place => string.Create(CultureInfo.InvariantCulture, $"/proc/{_holder.Id}/ns/net");

    /// <summary>
    /// Makes one in which nothing is up but loopback. The test is skipped, or fails, where that can't be: see <see cref="Engine.Missing"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public static async Task<NetworkNamespace> StartAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || !ToolEnvironment.ForProcess().IsRoot)
            Engine.Missing("A network of a test's own needs Linux and root.");
        var network = new NetworkNamespace(
            OwnedProcess.Start(new("unshare", ["--net", "sleep", "infinity"], "/", new Dictionary<string, string>()))
        );
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(StartLimit);
            while (new FileInfo(network.Place).LinkTarget == new FileInfo("/proc/self/ns/net").LinkTarget)
            {
                if (network._holder.HasExited)
                    throw new InvalidOperationException($"There is no network namespace to be had: {network._holder.Output}");
                await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
            }
            await network.RunAsync(cancellationToken, "ip", "link", "set", "lo", "up");
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns a command as it is run in this network.</summary>
    /// <param name="command">Program and arguments.</param>
    public string[] Enter(params IReadOnlyList<string> command) => ["nsenter", $"--net={Place}", "--", .. command];

    /// <summary>Runs a program in this network, which ends well.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="command">Program and arguments.</param>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken, params string[] command)
    {
        var entered = Enter(command);
        var outcome = await OneShot.RunAsync(new(entered[0], entered[1..], "/", new Dictionary<string, string>()), "", cancellationToken);
        return outcome.ExitCode == 0
            ? outcome.Output
            : throw new InvalidOperationException($"'{string.Join(' ', command)}' failed: {outcome.Errors.Trim()}");
    }

    /// <summary>Connects from within this network, without going there.</summary>
    /// <param name="address">Where somebody listens in it, or where it leads.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = Open(address.AddressFamily);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Links it with another one by a cable that has one end in each, down at both.</summary>
    /// <param name="end">The name of the end here.</param>
    /// <param name="other">The other network.</param>
    /// <param name="otherEnd">The name of the end there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal Task LinkAsync(string end, NetworkNamespace other, string otherEnd, CancellationToken cancellationToken) =>
        RunAsync(
            cancellationToken,
            "ip",
            "link",
            "add",
            end,
            "type",
            "veth",
            "peer",
            "name",
            otherEnd,
            "netns",
            string.Create(CultureInfo.InvariantCulture, $"{other._holder.Id}")
        );

    /// <summary>Ends it, once what was started in it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_holder.HasExited)
            await _holder.KillAsync();
        _holder.Dispose();
    }

    // A socket belongs to the network of the thread that makes it, for as long as it lives; the thread ends, so that nothing else is done
    // there.
    private Socket Open(AddressFamily family)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var place = File.OpenHandle(Place);
                if (setns((int)place.DangerousGetHandle(), NewNetwork) != 0)
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new InvalidOperationException("The network namespace can't be entered.", failure);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int file, int kind);
}
