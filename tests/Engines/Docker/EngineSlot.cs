using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AspireDeploy.Tools;

namespace AspireDeploy.Engines.Docker;

/// <summary>
/// Describes what one engine of several on a machine has for itself: a directory, a range of addresses and the names of its bridges.
/// Whoever takes a slot first removes what a killed predecessor left of it in the kernel: bridges, cgroups and a rule of the packet filter.
/// Its processes and mounts went with its namespaces.
/// </summary>
internal sealed class EngineSlot : IDisposable
{
    private const int Count = 32;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    private readonly int _number;
    private readonly FileLock _lock;

    private EngineSlot(int number, string directory, FileLock held, NetworkNamespace? network)
    {
        _number = number;
        Directory = directory;
        _lock = held;
        Network = network;
    }

    /// <summary>Gets the network that the engine is in; null: the machine's.</summary>
    public NetworkNamespace? Network { get; }

    /// <summary>Kept from one engine to the next.</summary>
    public string Directory { get; }

    /// <summary>Gets the bridge of containers that name no network.</summary>
    public string Bridge => $"adep{_number}";

    /// <summary>Gets the bridge by which Swarm's containers reach the outside.</summary>
    public string SwarmBridge => $"adepgw{_number}";

    public string CgroupParent => $"/aspiredeploy-{_number}";

    // Each slot has a /21 of 10.213.0.0/16: a /24 for each bridge above, the upper half for the networks that tests create.
    public string BridgeAddress => Address(0, 1) + "/24";

    public string SwarmBridgeNetwork => Address(1, 0) + "/24";

    public string NetworkPool => Address(4, 0) + "/22";

    /// <summary>
    /// Gets the loopback address that the manager of a swarm of one node listens on: one swarm's port 7946 is not in the way of another's.
    /// </summary>
    public string SwarmAddress => string.Create(CultureInfo.InvariantCulture, $"127.213.{_number}.1");

    /// <summary>Gets the UDP port of overlay networks, which the kernel knows by port and number alone.</summary>
    public int SwarmDataPort => 14789 + _number;

    public static async Task<EngineSlot> TakeAsync(ToolCache cache, NetworkNamespace? network, CancellationToken cancellationToken)
    {
        while (true)
        {
            for (var number = 0; number < Count; number++)
            {
                var directory = Path.Combine(cache.Root, "engine-slots", number.ToString(CultureInfo.InvariantCulture));
                System.IO.Directory.CreateDirectory(directory);
                if (FileLock.TryTake(Path.Combine(directory, "lock")) is { } held)
                {
                    // A network of the engine's own is new; what a predecessor left is in the machine's.
                    await new EngineSlot(number, directory, held, null).SweepAsync(cancellationToken);
                    return new(number, directory, held, network);
                }
            }
            await Task.Delay(BetweenTries, cancellationToken);
        }
    }

    /// <summary>Removes the slot's bridges and cgroups, and its rule of the packet filter.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var addresses = (await RunAsync(["ip", "-oneline", "-4", "address", "show"], cancellationToken)).Output.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        foreach (var bridge in addresses.Where(IsOurs).Select(Name).Append(Bridge).Append(SwarmBridge).Distinct())
            await RunAsync(["ip", "link", "delete", bridge], cancellationToken);
        while ((await RunAsync(AmongItsOwn("--delete"), cancellationToken)).ExitCode == 0) { }
        if (!System.IO.Directory.Exists(Cgroups))
            return;
        var hierarchies = System.IO.Directory.GetDirectories(Cgroups).Append(Cgroups);
        foreach (var parent in hierarchies.Select(hierarchy => hierarchy + CgroupParent).Where(System.IO.Directory.Exists))
        {
            foreach (
                var group in System
                    .IO.Directory.GetDirectories(parent, "*", SearchOption.AllDirectories)
                    .OrderByDescending(path => path.Length)
                    .Append(parent)
            )
                RemoveCgroup(group);
        }
    }

    /// <summary>Makes the bridge of containers that name no network, and lets containers reach each other.</summary>
    public async Task AddBridgeAsync(CancellationToken cancellationToken)
    {
        foreach (
            var arguments in new string[][]
            {
                ["link", "add", Bridge, "type", "bridge"],
                ["address", "add", BridgeAddress, "dev", Bridge],
                ["link", "set", Bridge, "up"],
            }
        )
        {
            var outcome = await RunAsync(["ip", .. arguments], cancellationToken);
            if (outcome.ExitCode != 0)
                throw new InvalidOperationException($"'ip {string.Join(' ', arguments)}' failed: {outcome.Errors.Trim()}");
        }
        // What crosses a bridge may be filtered as if it were forwarded, and many machines forward nothing. Where there is no packet filter
        // this fails, and nothing is in the way.
        await RunAsync(AmongItsOwn("--insert"), cancellationToken);
    }

    public void Dispose() => _lock.Dispose();

    private const string Cgroups = "/sys/fs/cgroup";

    private static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    private string Range => Address(0, 0) + "/21";

    private string[] AmongItsOwn(string what) =>
        ["iptables", "--wait", what, "FORWARD", "--source", Range, "--destination", Range, "--jump", "ACCEPT"];

    private Task<OneShot.Outcome> RunAsync(string[] command, CancellationToken cancellationToken)
    {
        var entered = Network?.Enter(command) ?? command;
        return OneShot.RunAsync(new(entered[0], entered[1..], Directory, Nothing), "", cancellationToken);
    }

    private string Address(int block, int host) => string.Create(CultureInfo.InvariantCulture, $"10.213.{(_number * 8) + block}.{host}");

    // 4: adep0    inet 10.213.0.1/24 brd 10.213.0.255 scope global adep0
    private static string Name(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];

    private bool IsOurs(string line)
    {
        var address = IPAddress.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3].Split('/')[0]);
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork && bytes[0] == 10 && bytes[1] == 213 && bytes[2] / 8 == _number;
    }

    // A group of processes that are about to end can't be removed yet; the slot's next holder does.
    private static void RemoveCgroup(string path)
    {
        try
        {
            System.IO.Directory.Delete(path);
        }
        catch (IOException) { }
        catch (UnauthorizedAccessException) { }
    }
}
