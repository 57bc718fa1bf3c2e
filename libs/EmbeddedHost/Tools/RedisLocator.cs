namespace Aspire.Hosting.Tools;

/// <summary>Which program speaks Redis's protocol.</summary>
internal enum RedisEngine
{
    Garnet,
    Redis,
}

/// <summary>How a Redis server is started.</summary>
/// <param name="Engine">Which configuration file and options it understands.</param>
/// <param name="ExecutablePath">Full path of the program.</param>
/// <param name="Arguments">What must come before any argument of the server's own.</param>
internal sealed record RedisTool(RedisEngine Engine, string ExecutablePath, IReadOnlyList<string> Arguments);

/// <summary>Finds a Redis server: what the developer names, else Garnet in the project's cache, else one installed on the machine.</summary>
internal static class RedisLocator
{
    /// <summary>Names <c>GarnetServer.dll</c>, a <c>garnet-server</c> or a <c>redis-server</c>.</summary>
    public const string PathVariable = "ASPIREDEPLOY_REDIS";

    public const string GarnetAssembly = "GarnetServer.dll";

    public static ToolSearch<RedisTool> Find(ToolEnvironment environment, ToolCache cache)
    {
        if (environment.Variable(PathVariable) is { } named)
            return File.Exists(named)
                ? ToolSearch<RedisTool>.Found(Started(Path.GetFullPath(named), environment))
                : ToolSearch<RedisTool>.Missing($"{PathVariable} points to '{named}', which does not exist: correct it, or unset it to use the restored one.");

        var restored = Path.Combine(cache.Garnet, GarnetAssembly);
        var found = File.Exists(restored) ? restored : environment.OnPath("redis-server") ?? environment.OnPath("valkey-server") ?? environment.OnPath("garnet-server");
        return found is not null
            ? ToolSearch<RedisTool>.Found(Started(found, environment))
            : ToolSearch<RedisTool>.Missing(
                $"Garnet {cache.Pins.Garnet} is missing from {cache.Garnet}: run 'dotnet build AppHost' with a NuGet source at hand, or install redis-server, or set {PathVariable}.");
    }

    private static RedisTool Started(string path, ToolEnvironment environment)
    {
        if (Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase))
            return new(RedisEngine.Garnet, DotnetMuxer.Find(environment), [path]);
        var isGarnet = Path.GetFileNameWithoutExtension(path).Contains("garnet", StringComparison.OrdinalIgnoreCase);
        return new(isGarnet ? RedisEngine.Garnet : RedisEngine.Redis, path, []);
    }
}
