using AspireDeploy.Processes;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>Runs a declared PostgreSQL server as a process.</summary>
internal sealed class PostgresProgram(PostgresServerResource server) : IServerProgram
{
    private PostgresProcess? _process;

    public string EndpointName => "tcp";

    public bool IsDataPath(string path) => path.StartsWith("/var/lib/postgresql", StringComparison.Ordinal);

    public async Task<ProcessCommand> PrepareAsync(ServerStart start, CancellationToken cancellationToken)
    {
        var tool = await PostgresTool.FindAsync(start.Tools, start.Report, cancellationToken).ConfigureAwait(false);
        var user = await server.UserNameReference.GetValueAsync(cancellationToken).ConfigureAwait(false);
        var password = await server.PasswordParameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
        _process = await PostgresProcess.PrepareAsync(tool, start.Tools, start.Data, user!, password!, start.Port, cancellationToken).ConfigureAwait(false);
        // Aspire's image takes arguments that begin with a dash as the server's own.
        return start.Arguments is [['-', ..], ..]
            ? _process.Command with { Arguments = [.. _process.Command.Arguments, .. start.Arguments] }
            : _process.Command;
    }

    public Task BeforeStopAsync(CancellationToken cancellationToken) => _process?.RequestFastShutdownAsync(cancellationToken) ?? Task.CompletedTask;

    public async Task RemoveAbandonedAsync(ToolEnvironment tools, string directory, CancellationToken cancellationToken)
    {
        if (PostgresLockFile.Read(directory) is not null && await FindWithoutFetchingAsync(tools, cancellationToken).ConfigureAwait(false) is { } tool)
        {
            var installation = await PostgresInstallation.OpenAsync(tool, tools, cancellationToken).ConfigureAwait(false);
            await new PostgresShutdown(installation).EndAbandonedAsync(directory, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<PostgresTool?> FindWithoutFetchingAsync(ToolEnvironment tools, CancellationToken cancellationToken) =>
        Directory.Exists(ToolCache.In(tools).Directory("postgres", PostgresTool.Version)) || tools.Variable(PostgresTool.DirectoryVariable) is not null
            ? await PostgresTool.FindAsync(tools, static _ => { }, cancellationToken).ConfigureAwait(false)
            : PostgresTool.Installed(tools);
}
