using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using AspireDeploy.Tools;

namespace AspireDeploy.Engines.Docker;

/// <summary>
/// What one engine of several on a machine has for itself: a directory, a range of addresses and the names of its bridges. Whoever takes a slot first removes what
/// a killed predecessor left of it in the kernel: bridges and cgroups. Its processes and mounts went with its namespaces.
/// </summary>
internal sealed class EngineSlot : IDisposable
{
    private const int Count = 32;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    private readonly int _number;
    private readonly FileLock _lock;

    private EngineSlot(int number, string directory, FileLock held)
    {
        _number = number;
        Directory = directory;
        _lock = held;
    }

    /// <summary>Kept from one engine to the next.</summary>
    public string Directory { get; }

    /// <summary>The bridge of containers that name no network.</summary>
    public string Bridge => $"adep{_number}";

    /// <summary>The bridge by which Swarm's containers reach the outside.</summary>
    public string SwarmBridge => $"adepgw{_number}";

    public string CgroupParent => $"/aspiredeploy-{_number}";

    // Each slot has a /21 of 10.213.0.0/16: a /24 for each bridge above, the upper half for the networks that tests create.
    public string BridgeAddress => Address(0, 1) + "/24";

    public string SwarmBridgeNetwork => Address(1, 0) + "/24";

    public string NetworkPool => Address(4, 0) + "/22";

    /// <summary>The loopback address that a swarm's manager listens on: one swarm's port 7946 is not in the way of another's.</summary>
    public string SwarmAddress => string.Create(CultureInfo.InvariantCulture, $"127.213.{_number}.1");

    /// <summary>The UDP port of overlay networks, which the kernel knows by port and number alone.</summary>
    public int SwarmDataPort => 14789 + _number;

    public static async Task<EngineSlot> TakeAsync(ToolCache cache, CancellationToken cancellationToken)
    {
        while (true)
        {
            for (var number = 0; number < Count; number++)
            {
                var directory = Path.Combine(cache.Root, "engine-slots", number.ToString(CultureInfo.InvariantCulture));
                System.IO.Directory.CreateDirectory(directory);
                if (FileLock.TryTake(Path.Combine(directory, "lock")) is { } held)
                {
                    var slot = new EngineSlot(number, directory, held);
                    await slot.SweepAsync(cancellationToken);
                    return slot;
                }
            }
            await Task.Delay(BetweenTries, cancellationToken);
        }
    }

    /// <summary>Removes the slot's bridges and cgroups.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var bridge in NetworkInterface.GetAllNetworkInterfaces().Where(IsOurs))
            await OneShot.RunAsync(new("ip", ["link", "delete", bridge.Name], Directory, Nothing), "", cancellationToken);
        if (!System.IO.Directory.Exists(Cgroups))
            return;
        var hierarchies = System.IO.Directory.GetDirectories(Cgroups).Append(Cgroups);
        foreach (var parent in hierarchies.Select(hierarchy => hierarchy + CgroupParent).Where(System.IO.Directory.Exists))
        {
            foreach (var group in System.IO.Directory.GetDirectories(parent, "*", SearchOption.AllDirectories).OrderByDescending(path => path.Length).Append(parent))
                RemoveCgroup(group);
        }
    }

    /// <summary>Makes the bridge of containers that name no network.</summary>
    public async Task AddBridgeAsync(CancellationToken cancellationToken)
    {
        foreach (var arguments in new string[][] { ["link", "add", Bridge, "type", "bridge"], ["address", "add", BridgeAddress, "dev", Bridge], ["link", "set", Bridge, "up"] })
        {
            var outcome = await OneShot.RunAsync(new("ip", arguments, Directory, Nothing), "", cancellationToken);
            if (outcome.ExitCode != 0)
                throw new InvalidOperationException($"'ip {string.Join(' ', arguments)}' failed: {outcome.Errors.Trim()}");
        }
    }

    public void Dispose() => _lock.Dispose();

    private const string Cgroups = "/sys/fs/cgroup";

    private static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    private string Address(int block, int host) => string.Create(CultureInfo.InvariantCulture, $"10.213.{(_number * 8) + block}.{host}");

    private bool IsOurs(NetworkInterface candidate) =>
        candidate.Name == Bridge || candidate.Name == SwarmBridge || candidate.GetIPProperties().UnicastAddresses.Any(unicast => IsOurs(unicast.Address));

    private bool IsOurs(IPAddress address)
    {
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
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
