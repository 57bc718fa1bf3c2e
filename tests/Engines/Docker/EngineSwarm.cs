using System.Globalization;
using System.Net;

namespace AspireDeploy.Engines.Docker;

/// <summary>
/// A swarm of several engines, each a manager on a machine of its own as far as it can tell: a network for each, behind one switch, and a
/// name. Nobody outside reaches them, and nothing is left at the end.
/// </summary>
public sealed class EngineSwarm : IAsyncDisposable
{
    private const string Uplink = "uplink";

    private readonly List<NetworkNamespace> _networks = [];
    private readonly List<DockerEngine> _nodes = [];
    private NetworkNamespace? _switch;

    private EngineSwarm() { }

    /// <summary>Gets the engines, of which the first began the swarm; they are called <c>node-1</c> and so on.</summary>
    public IReadOnlyList<DockerEngine> Nodes => _nodes;

    /// <summary>Gets where somebody is who reaches every node and is none.</summary>
    public NetworkNamespace Outside => _switch!;

    /// <summary>Returns where a node is.</summary>
    /// <param name="node">Its place in <see cref="Nodes"/>.</param>
    public static IPAddress AddressOf(int node) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.215.0.{node + 2}"));

    /// <summary>Starts one. The test is skipped, or fails, where there can be none: see <see cref="Engine.Missing"/>.</summary>
    /// <param name="nodes">How many engines.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public static async Task<EngineSwarm> StartAsync(int nodes, CancellationToken cancellationToken)
    {
        var swarm = new EngineSwarm();
        try
        {
            await swarm.BeginAsync(nodes, cancellationToken);
            return swarm;
        }
        catch
        {
            await swarm.DisposeAsync();
            throw;
        }
    }

    /// <summary>Loses a node as a power failure does, and its cable with it.</summary>
    /// <param name="node">Its place in <see cref="Nodes"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task LoseAsync(int node, CancellationToken cancellationToken)
    {
        await _networks[node].RunAsync(cancellationToken, "ip", "link", "set", Uplink, "down");
        await _nodes[node].KillAsync();
    }

    /// <summary>Ends the engines, then the networks.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        foreach (var network in _networks)
            await network.DisposeAsync();
        if (_switch is not null)
            await _switch.DisposeAsync();
    }

    private async Task BeginAsync(int nodes, CancellationToken cancellationToken)
    {
        _switch = await NetworkNamespace.StartAsync(cancellationToken);
        await _switch.RunAsync(cancellationToken, "ip", "link", "add", "switch", "type", "bridge");
        await _switch.RunAsync(cancellationToken, "ip", "address", "add", "10.215.0.1/24", "dev", "switch");
        await _switch.RunAsync(cancellationToken, "ip", "link", "set", "switch", "up");
        for (var node = 0; node < nodes; node++)
        {
            var network = await NetworkNamespace.StartAsync(cancellationToken);
            _networks.Add(network);
            var port = string.Create(CultureInfo.InvariantCulture, $"port-{node + 1}");
            await _switch.LinkAsync(port, network, Uplink, cancellationToken);
            await _switch.RunAsync(cancellationToken, "ip", "link", "set", port, "master", "switch", "up");
            await network.RunAsync(cancellationToken, "ip", "address", "add", $"{AddressOf(node)}/24", "dev", Uplink);
            await network.RunAsync(cancellationToken, "ip", "link", "set", Uplink, "up");
            _nodes.Add(
                await DockerEngine.StartInAsync(network, string.Create(CultureInfo.InvariantCulture, $"node-{node + 1}"), cancellationToken)
            );
        }
        var first = AddressOf(0).ToString();
        await _nodes[0].BeginSwarmAsync(first, cancellationToken);
        var token = (await _nodes[0].RunAsync(["swarm", "join-token", "--quiet", "manager"], cancellationToken)).Trim();
        for (var node = 1; node < nodes; node++)
            await _nodes[node].JoinSwarmAsync(AddressOf(node).ToString(), first, token, cancellationToken);
    }
}
