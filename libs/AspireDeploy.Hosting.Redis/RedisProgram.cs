using AspireDeploy.Processes;
using AspireDeploy.Tools;

namespace AspireDeploy.Redis;

/// <summary>Runs a declared Redis server as a process.</summary>
internal sealed class RedisProgram(RedisResource server) : IServerProgram
{
    public string Kind => "redis";

    public string EndpointName => "tcp";

    public string Image => "library/redis";

    public string? Entrypoint => "/bin/sh";

    public IReadOnlySet<string> KnownVariables { get; } = new HashSet<string> { "REDIS_PASSWORD" };

    public string? CleanUp => null;

    public bool IsDataPath(string path) => path == "/data";

    public string? Unlike(ContainerImageAnnotation image, ToolEnvironment tools) => null;

    public async Task<ProcessCommand> PrepareAsync(ServerStart start, CancellationToken cancellationToken)
    {
        var tool = await RedisTool.FindAsync(start.Tools, start.AppHostDirectory, start.Report, cancellationToken).ConfigureAwait(false);
        var password = server.PasswordParameter is { } parameter
            ? await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false)
            : null;
        if (tool.Engine == RedisEngine.Garnet && password?.All(char.IsAscii) == false)
        {
            throw new DistributedApplicationException(
                $"The password of '{server.Name}' holds signs beyond ASCII, which Garnet doesn't know apart: declare one without, or set "
                    + $"{RedisTool.PathVariable} to a redis-server."
            );
        }

        var file = Path.Combine(start.Data.Place, "server.conf");
        var persist = !start.Data.IsThrowAway;
        var command = await RedisProcess
            .PrepareAsync(tool, start.Data, file, password, start.Port, persist, cancellationToken)
            .ConfigureAwait(false);
        var options = RedisOptions.OfAppHost(start.Arguments);
        if (options.Count == 0)
        {
            return command;
        }

        if (tool.Engine == RedisEngine.Redis)
        {
            return command with { Arguments = [.. command.Arguments, .. options.SelectMany(option => option)] };
        }

        var names = string.Join(", ", options.Select(option => option[0]).Distinct());
        start.Report(
            $"Not applied, as '{server.Name}' runs as a process, which is Garnet: {names}. Set {RedisTool.PathVariable} to a "
                + "redis-server to have that."
        );
        return command;
    }

    // SIGTERM ends it at once.
    public Task BeforeStopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The orchestrator ends what it has started when the AppHost dies, and Redis leaves nothing else behind.
    public Task RemoveAbandonedAsync(ToolEnvironment tools, string directory, CancellationToken cancellationToken) => Task.CompletedTask;
}
