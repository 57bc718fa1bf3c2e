using AspireDeploy.Processes;
using AspireDeploy.Tools;

namespace AspireDeploy.Redis;

/// <summary>Runs a Redis server as a plain process: Garnet, or an installed Redis or Valkey.</summary>
internal static class RedisProcess
{
    /// <summary>
    /// Writes the server's configuration, password and all, to a file of mode 0600, and tells what to start. It can be started again and
    /// again.
    /// </summary>
    /// <param name="tool">Which server.</param>
    /// <param name="data">The directory, which the caller holds while the server runs.</param>
    /// <param name="file">The configuration file to write, in a private directory.</param>
    /// <param name="password">The password that clients must give, or null for none.</param>
    /// <param name="port">The port to listen on, on the loopback address alone.</param>
    /// <param name="persist">Whether what is written outlives the process: every write goes to a log in <paramref name="data"/>.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    public static async Task<ProcessCommand> PrepareAsync(
        RedisTool tool,
        DataDirectory data,
        string file,
        string? password,
        int port,
        bool persist,
        CancellationToken cancellationToken
    )
    {
        if (persist)
        {
            PrivateDirectory.Create(data.Path);
        }

        if (tool.Engine == RedisEngine.Redis)
        {
            await PrivateDirectory.WriteSecretAsync(file, RedisConfiguration.Write(data, password, port, persist), cancellationToken);
            return new(tool.ExecutablePath, [.. tool.Arguments, file], data.Place, new Dictionary<string, string>());
        }

        await PrivateDirectory.WriteSecretAsync(file, GarnetConfiguration.Write(data, password, port, persist), cancellationToken);
        var environment = new Dictionary<string, string>
        {
            // Garnet asks for the server's garbage collector, which takes memory for speed that a development cache does not need.
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            // A signal ends it without a word to the runtime, whose sockets for debuggers would stay behind.
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        return new(tool.ExecutablePath, [.. tool.Arguments, "--config-import-path", file], data.Place, environment);
    }
}
