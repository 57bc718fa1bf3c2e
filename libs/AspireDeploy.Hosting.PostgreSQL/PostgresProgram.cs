using AspireDeploy.Processes;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>Runs a declared PostgreSQL server as a process.</summary>
internal sealed class PostgresProgram(PostgresServerResource server) : IServerProgram
{
    private PostgresProcess? _process;

    public string Kind => "postgres";

    public string EndpointName => "tcp";

    public string Image => "library/postgres";

    public string? Entrypoint => null;

    public IReadOnlySet<string> KnownVariables { get; } =
        new HashSet<string> { "POSTGRES_HOST_AUTH_METHOD", "POSTGRES_INITDB_ARGS", "POSTGRES_USER", "POSTGRES_PASSWORD" };

    public string? CleanUp => PostgresSharedMemory.CleanUp;

    public bool IsDataPath(string path) => path.StartsWith("/var/lib/postgresql", StringComparison.Ordinal);

    public string? Unlike(ContainerImageAnnotation image, ToolEnvironment tools)
    {
        var declared = image.Tag?.Split('.', '-')[0];
        return
            tools.Variable(PostgresTool.DirectoryVariable) is null
            && declared is not null
            && declared.All(char.IsAsciiDigit)
            && declared != PostgresTool.Version.Split('.')[0]
            ? $"the image's version {declared} ({PostgresTool.DirectoryVariable} can name another PostgreSQL)"
            : null;
    }

    public async Task<ProcessCommand> PrepareAsync(ServerStart start, CancellationToken cancellationToken)
    {
        var tool = await PostgresTool.FindAsync(start.Tools, start.Report, cancellationToken).ConfigureAwait(false);
        var user = await server.UserNameReference.GetValueAsync(cancellationToken).ConfigureAwait(false);
        var password = await server.PasswordParameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
        _process = await PostgresProcess
            .PrepareAsync(tool, start.Tools, start.Data, user!, password!, start.Port, cancellationToken)
            .ConfigureAwait(false);
        switch (start.Arguments)
        {
            case []:
                return _process.Command;
            // As the image has it: arguments are the server's own if they begin with a dash, and may begin with its name.
            case [['-', ..], ..]:
                return _process.Command with { Arguments = [.. _process.Command.Arguments, .. start.Arguments] };
            case ["postgres", ..]:
                return _process.Command with { Arguments = [.. _process.Command.Arguments, .. start.Arguments.Skip(1)] };
            default:
                start.Report(
                    $"Not applied, as '{server.Name}' runs as a process: the arguments, which name the program "
                        + $"'{start.Arguments[0]}' of the "
                        + "container."
                );
                return _process.Command;
        }
    }

    public Task BeforeStopAsync(CancellationToken cancellationToken) =>
        _process?.RequestFastShutdownAsync(cancellationToken) ?? Task.CompletedTask;

    public async Task RemoveAbandonedAsync(ToolEnvironment tools, string directory, CancellationToken cancellationToken)
    {
        if (
            PostgresLockFile.Read(directory) is not null
            && await FindWithoutFetchingAsync(tools, cancellationToken).ConfigureAwait(false) is { } tool
        )
        {
            var installation = await PostgresInstallation.OpenAsync(tool, tools, cancellationToken).ConfigureAwait(false);
            await new PostgresShutdown(installation).EndAbandonedAsync(directory, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<PostgresTool?> FindWithoutFetchingAsync(ToolEnvironment tools, CancellationToken cancellationToken) =>
        Directory.Exists(ToolCache.In(tools).Directory("postgres", PostgresTool.Version))
        || tools.Variable(PostgresTool.DirectoryVariable) is not null
            ? await PostgresTool.FindAsync(tools, static _ => { }, cancellationToken).ConfigureAwait(false)
            : PostgresTool.Installed(tools);
}
