using AspireDeploy.Tools;

namespace AspireDeploy.Engines.Docker;

/// <summary>
/// A Docker engine for tests. As root on Linux it is one of its own, started for the test, whose registry stands in for Docker Hub and
/// Microsoft's: it can be stopped and killed, and nothing is left of it at the end but the images it has pulled. Elsewhere it is the
/// machine's, if there is one, and the tests answer for what they leave.
/// </summary>
public sealed class DockerEngine : IAsyncDisposable
{
    private const string MicrosoftRegistry = "mcr.microsoft.com";
    private const string InUse = "in-use";

    private readonly DockerClient _client;
    private readonly OwnEngine? _own;
    private readonly List<(ImageRegistry Registry, DirectoryInfo Storage)> _pushed = [];

    private DockerEngine(DockerClient client, IReadOnlyDictionary<string, string> environment, OwnEngine? own)
    {
        _client = client;
        _own = own;
        Environment = environment;
    }

    /// <summary>
    /// Gets what a program needs in its environment to find this engine and its client, Compose included: <c>DOCKER_HOST</c>,
    /// <c>DOCKER_CONFIG</c>, <c>PATH</c>. Empty for the machine's engine.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>
    /// Gets the registry that has <c>dotnet/aspnet</c> and <c>dotnet/runtime</c>, to publish images of projects from: set
    /// <c>ContainerBaseImage</c>.
    /// </summary>
    public string BaseImages => _own?.Registry.Address ?? MicrosoftRegistry;

    /// <summary>Gets what the engine's daemon has said since its last start; nothing for the machine's.</summary>
    public string Output => _own?.Daemon.Output ?? "";

    /// <summary>
    /// Starts an engine, or finds the machine's. The test is skipped, or fails, where there is neither: see <see cref="Engine.Missing"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for it to answer.</param>
    public static async Task<DockerEngine> StartAsync(CancellationToken cancellationToken)
    {
        var environment = ToolEnvironment.ForProcess();
        var cache = ToolCache.In(environment);
        var search = DockerPrograms.Find(environment, cache);
        if (search.IsFound)
            return await StartOwnAsync(search.Tool, environment, cache, null, null, cancellationToken);
        if (environment.OnPath("docker") is { } docker)
        {
            var nothing = new Dictionary<string, string>();
            var client = new DockerClient(docker, nothing);
            if ((await client.TryRunAsync(["version"], "/", cancellationToken)).ExitCode == 0)
                return new(client, nothing, null);
        }
        Engine.Missing($"{search.Error} No Docker engine answers on this machine either.");
        return null;
    }

    /// <summary>
    /// Starts an engine in a network of its own, as on another machine; it must have ended before that network does. The test is skipped,
    /// or fails, where there can be none: see <see cref="Engine.Missing"/>.
    /// </summary>
    /// <param name="network">The network. Ports are published there, not on the tests' machine.</param>
    /// <param name="name">The name of that machine.</param>
    /// <param name="cancellationToken">Ends the wait for it to answer.</param>
    public static async Task<DockerEngine> StartInAsync(NetworkNamespace network, string name, CancellationToken cancellationToken)
    {
        var environment = ToolEnvironment.ForProcess();
        var cache = ToolCache.In(environment);
        var search = DockerPrograms.Find(environment, cache);
        if (!search.IsFound)
            Engine.Missing(search.Error);
        return await StartOwnAsync(search.Tool, environment, cache, network, name, cancellationToken);
    }

    /// <summary>Returns a command as it is run on the engine's machine.</summary>
    /// <param name="command">Program and arguments.</param>
    public string[] There(params string[] command) => _own?.Slot.Network?.Enter(command) ?? command;

    /// <summary>Skips or fails a test that stops or kills the engine where it is the machine's: see <see cref="Engine.Missing"/>.</summary>
    public void RequireOwn()
    {
        if (_own is null)
            Engine.Missing(
                "The machine's own Docker engine is not the tests' to stop: run as root on Linux after tests/Engines/Docker/fetch."
            );
    }

    /// <summary>Runs <c>docker</c> with these arguments.</summary>
    /// <param name="arguments">What comes after <c>docker</c>.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <param name="directory">Where it runs.</param>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string directory = "/") =>
        _client.RunAsync(arguments, directory, cancellationToken);

    /// <summary>Runs <c>docker</c> with these arguments, which may fail.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task<DockerOutcome> TryRunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string directory = "/") =>
        _client.TryRunAsync(arguments, directory, cancellationToken);

    /// <summary>Starts a registry that takes what is pushed, until the engine ends.</summary>
    /// <param name="cancellationToken">Ends the wait for it to answer.</param>
    /// <returns>What stands before an image's name: <c>127.0.0.1:port</c>.</returns>
    public async Task<string> StartRegistryAsync(CancellationToken cancellationToken)
    {
        RequireOwn();
        var environment = ToolEnvironment.ForProcess();
        var storage = Directory.CreateTempSubdirectory("aspiredeploy-registry-");
        var registry = await ImageRegistry.StartAsync(
            DockerPrograms.Find(environment, ToolCache.In(environment)).Tool!,
            storage.FullName,
            isReadOnly: false,
            storage.FullName,
            _own!.Slot.Network,
            cancellationToken
        );
        _pushed.Add((registry, storage));
        return registry.Address;
    }

    /// <summary>Makes the engine a swarm of one node.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task BeginSwarmAsync(CancellationToken cancellationToken)
    {
        RequireOwn();
        return BeginSwarmAsync(_own!.Slot.SwarmAddress, cancellationToken);
    }

    /// <summary>Makes the engine the first node of a swarm.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task BeginSwarmAsync(string address, CancellationToken cancellationToken)
    {
        await AddSwarmBridgeAsync(cancellationToken);
        await RunAsync(
            [
                "swarm",
                "init",
                "--advertise-addr",
                address,
                "--listen-addr",
                address + ":2377",
                "--data-path-port",
                $"{_own!.Slot.SwarmDataPort}",
                "--default-addr-pool",
                "10.214.0.0/16",
                "--default-addr-pool-mask-length",
                "24",
            ],
            cancellationToken
        );
    }

    /// <summary>Makes the engine one more manager of a swarm.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="manager">Where one that is there listens.</param>
    /// <param name="token">What lets in a manager.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task JoinSwarmAsync(string address, string manager, string token, CancellationToken cancellationToken)
    {
        await AddSwarmBridgeAsync(cancellationToken);
        await RunAsync(
            ["swarm", "join", "--token", token, "--advertise-addr", address, "--listen-addr", address + ":2377", manager + ":2377"],
            cancellationToken
        );
    }

    // Swarm would make it under a name that only one engine of the machine can have.
    private async Task AddSwarmBridgeAsync(CancellationToken cancellationToken)
    {
        var slot = _own!.Slot;
        await RunAsync(
            [
                "network",
                "create",
                "--subnet",
                slot.SwarmBridgeNetwork,
                "--opt",
                "com.docker.network.bridge.name=" + slot.SwarmBridge,
                "--opt",
                "com.docker.network.bridge.enable_icc=false",
                "--opt",
                "com.docker.network.bridge.enable_ip_masquerade=false",
                "docker_gwbridge",
            ],
            cancellationToken
        );
    }

    /// <summary>Ends the engine as a shutdown of the machine does: containers are asked to stop, and data stays.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        RequireOwn();
        await _own!.Daemon.StopAsync(cancellationToken);
    }

    /// <summary>Ends the engine and every container as a power failure does.</summary>
    public async Task KillAsync()
    {
        RequireOwn();
        await _own!.Daemon.KillAsync();
    }

    /// <summary>Starts the engine again after it was stopped or killed.</summary>
    /// <param name="cancellationToken">Ends the wait for it to answer.</param>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        RequireOwn();
        await _own!.Daemon.StartAsync(cancellationToken);
    }

    /// <summary>Removes everything that tests have made, and ends the engine if it is our own.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (registry, storage) in _pushed)
        {
            await registry.StopAsync();
            registry.Dispose();
            storage.Delete(recursive: true);
        }
        if (_own is not { } own)
            return;
        // What can't be emptied is thrown away by whoever uses the place next.
        if (await own.EmptyAsync())
            File.Delete(Path.Combine(own.Slot.Directory, InUse));
        await own.DisposeAsync();
    }

    private static async Task<DockerEngine> StartOwnAsync(
        DockerPrograms programs,
        ToolEnvironment environment,
        ToolCache cache,
        NetworkNamespace? network,
        string? name,
        CancellationToken cancellationToken
    )
    {
        var (storage, key) = await ImageStore.PrepareAsync(programs, environment, cache, cancellationToken);
        var slot = await EngineSlot.TakeAsync(cache, network, cancellationToken);
        ImageRegistry? registry = null;
        DockerDaemon? daemon = null;
        try
        {
            var mark = Path.Combine(slot.Directory, InUse);
            var data = "data-" + key;
            foreach (
                var old in Directory
                    .GetDirectories(slot.Directory, "data-*")
                    .Where(old => File.Exists(mark) || Path.GetFileName(old) != data)
            )
                Directory.Delete(old, recursive: true);
            await File.WriteAllTextAsync(mark, "", cancellationToken);
            registry = await ImageRegistry.StartAsync(programs, storage, isReadOnly: true, slot.Directory, network, cancellationToken);
            daemon = new DockerDaemon(programs, environment, slot, data, registry.Address, name);
            var variables = DockerClient.Variables(programs, environment, daemon.Host, registry.Address, slot.Directory);
            var client = new DockerClient(programs.Client, variables);
            await daemon.StartAsync(cancellationToken);
            return new(client, variables, new(slot, registry, daemon, client));
        }
        catch
        {
            if (daemon is not null)
                await daemon.DisposeAsync();
            if (registry is not null)
                await registry.StopAsync();
            registry?.Dispose();
            slot.Dispose();
            throw;
        }
    }
}
