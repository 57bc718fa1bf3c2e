using AspireDeploy.Tools;

namespace AspireDeploy.Redis;

/// <summary>Names a program that speaks Redis's protocol, by the configuration file that it reads.</summary>
internal enum RedisEngine
{
    Garnet,
    Redis,
}

/// <summary>Finds a Redis server, and knows how it is started.</summary>
/// <param name="Engine">Which configuration file and options it understands.</param>
/// <param name="ExecutablePath">Full path of the program.</param>
/// <param name="Arguments">What must come before any argument of the server's own.</param>
internal sealed record RedisTool(RedisEngine Engine, string ExecutablePath, IReadOnlyList<string> Arguments)
{
    /// <summary>Gets names <c>GarnetServer.dll</c>, a <c>garnet-server</c> or a <c>redis-server</c>.</summary>
    public const string PathVariable = "ASPIREDEPLOY_REDIS";

    internal const string GarnetAssembly = "GarnetServer.dll";

    /// <summary>Gets the version of the .NET tool <c>garnet-server</c> that is fetched.</summary>
    public static string Version { get; } = PinnedVersion.Read(typeof(RedisTool).Assembly, "Garnet");

    /// <summary>
    /// Returns the server that the developer names, else Garnet in the cache, which is fetched where it is missing, else a Redis, Valkey
    /// or Garnet that the machine has.
    /// </summary>
    /// <param name="environment">Where to look.</param>
    /// <param name="directory">Where a <c>NuGet.config</c> is looked for: the AppHost's directory.</param>
    /// <param name="fetching">Is told once where something has to be fetched, which takes a while.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    public static async Task<RedisTool> FindAsync(
        ToolEnvironment environment,
        string directory,
        Action<string> fetching,
        CancellationToken cancellationToken
    )
    {
        if (environment.Variable(PathVariable) is { } named)
        {
            return File.Exists(named)
                ? At(Path.GetFullPath(named), environment)
                : throw new DistributedApplicationException(
                    $"{PathVariable} points to '{named}', which does not exist: correct it, or unset it to have Garnet {Version} fetched."
                );
        }

        var cache = ToolCache.In(environment);
        var cached = cache.Directory("garnet", Version);
        try
        {
            if (!Directory.Exists(cached))
            {
                fetching($"Fetching Garnet {Version} with 'dotnet tool install' into {cached}, once per machine.");
            }

            var restore = new GarnetRestore(environment, directory);
            await new ToolRestore(cache).EnsureAsync(cached, restore.RunAsync, cancellationToken).ConfigureAwait(false);
            return At(Path.Combine(cached, GarnetAssembly), environment);
        }
        catch (DistributedApplicationException failure)
        {
            return Installed(environment)
                ?? throw new DistributedApplicationException(
                    $"Redis is not on this machine, and Garnet could not be fetched in its place: {failure.Message.TrimEnd('.')}. Run "
                        + $"'dotnet tool install --global garnet-server', or install redis-server, or set {PathVariable}."
                );
        }
    }

    /// <summary>Returns a server that the machine has; null if it has none.</summary>
    internal static RedisTool? Installed(ToolEnvironment environment) =>
        (environment.OnPath("redis-server") ?? environment.OnPath("valkey-server") ?? environment.OnPath("garnet-server")) is { } found
            ? At(found, environment)
            : null;

    private static RedisTool At(string path, ToolEnvironment environment)
    {
        if (Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase))
        {
            return new(RedisEngine.Garnet, DotnetMuxer.Find(environment), [path]);
        }

        var isGarnet = Path.GetFileNameWithoutExtension(path).Contains("garnet", StringComparison.OrdinalIgnoreCase);
        return new(isGarnet ? RedisEngine.Garnet : RedisEngine.Redis, path, []);
    }
}
