using AspireDeploy.Processes;
using AspireDeploy.Tools;

namespace AspireDeploy.Redis;

/// <summary>Runs a declared Redis server as a process.</summary>
internal sealed class RedisProgram(RedisResource server) : IServerProgram
{
    public string EndpointName => "tcp";

    public bool IsDataPath(string path) => path == "/data";

    public async Task<ProcessCommand> PrepareAsync(ServerStart start, CancellationToken cancellationToken)
    {
        var tool = await RedisTool.FindAsync(start.Tools, start.AppHostDirectory, start.Report, cancellationToken).ConfigureAwait(false);
        var password = server.PasswordParameter is { } parameter ? await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false) : null;
        var file = Path.Combine(start.Data.Place, "server.conf");
        return await RedisProcess.PrepareAsync(tool, start.Data, file, password, start.Port, persist: !start.Data.IsThrowAway, cancellationToken).ConfigureAwait(false);
    }

    // SIGTERM ends it at once.
    public Task BeforeStopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The orchestrator ends what it has started when the AppHost dies, and Redis leaves nothing else behind.
    public Task RemoveAbandonedAsync(ToolEnvironment tools, string directory, CancellationToken cancellationToken) => Task.CompletedTask;
}
