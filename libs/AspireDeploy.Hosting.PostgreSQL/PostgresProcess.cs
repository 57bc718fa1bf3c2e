using System.Globalization;
using AspireDeploy.Processes;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>
/// Runs a PostgreSQL server as a plain process: <see cref="PrepareAsync"/> sees to its data, then <see cref="Command"/> can be started,
/// and started again.
/// </summary>
internal sealed class PostgresProcess
{
    private const string VersionFile = "PG_VERSION";

    private readonly PostgresInstallation _installation;
    private readonly DataDirectory _data;

    private PostgresProcess(PostgresInstallation installation, DataDirectory data, ProcessCommand command)
    {
        _installation = installation;
        _data = data;
        Command = command;
    }

    /// <summary>Gets what to start. It listens on the loopback address alone and becomes one process, the server.</summary>
    public ProcessCommand Command { get; }

    /// <summary>Gets the version as the server tells it, such as 18.4.</summary>
    public string Version => _installation.Version;

    /// <summary>
    /// Makes <paramref name="data"/> ready to be served: initialises it if it is new, ends what a dead run left running on it, and sets
    /// the password. Call it before every start; on data that is ready it takes a few milliseconds.
    /// </summary>
    /// <param name="tool">Where PostgreSQL is.</param>
    /// <param name="environment">Where to look for what is needed besides.</param>
    /// <param name="data">The directory, which the caller holds while the server runs.</param>
    /// <param name="userName">The superuser's name.</param>
    /// <param name="password">The superuser's password.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <exception cref="DistributedApplicationException">The data is another version's, or PostgreSQL does not run here.</exception>
    public static async Task<PostgresProcess> PrepareAsync(
        PostgresTool tool,
        ToolEnvironment environment,
        DataDirectory data,
        string userName,
        string password,
        int port,
        CancellationToken cancellationToken
    )
    {
        var installation = await PostgresInstallation.OpenAsync(tool, environment, cancellationToken).ConfigureAwait(false);
        if (installation.Account is { } account && !OperatingSystem.IsWindows())
        {
            data.OpenTo(account);
            await RequireEntryAsync(account, data, cancellationToken).ConfigureAwait(false);
        }

        if (IsEmpty(data.Path))
        {
            var template = new PostgresTemplate(installation, ToolCache.In(environment));
            await template.CopyToAsync(data.Path, userName, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            CheckVersion(data.Path, installation);
        }

        var shutdown = new PostgresShutdown(installation);
        await shutdown.EndAbandonedAsync(data.Path, cancellationToken).ConfigureAwait(false);
        data.BeforeRemoval = () => shutdown.EndAbandonedAsync(data.Path, CancellationToken.None);
        await new PostgresPassword(installation, data.Path).EnsureAsync(userName, password, cancellationToken).ConfigureAwait(false);
        return new PostgresProcess(installation, data, installation.Command("postgres", Arguments(data, port), data.Path));
    }

    /// <summary>
    /// Asks the running server to end at once, clients and all, and returns without waiting. To be called before the process is sent
    /// SIGTERM, on which the server would wait for its clients.
    /// </summary>
    public Task RequestFastShutdownAsync(CancellationToken cancellationToken) =>
        new PostgresShutdown(_installation).RequestAsync(_data.Path, cancellationToken);

    private static async Task RequireEntryAsync(ServiceAccount account, DataDirectory data, CancellationToken cancellationToken)
    {
        if (!await account.CanEnterAsync(data.Place, cancellationToken).ConfigureAwait(false))
        {
            throw new DistributedApplicationException(
                $"PostgreSQL runs as user '{account.Name}', as root may not run it, and that user can't enter {data.Place}: allow it with "
                    + "'chmod o+x' on that directory and those above it, or run the AppHost as an ordinary user."
            );
        }
    }

    private static string[] Arguments(DataDirectory data, int port) =>
        [
            "-D",
            data.Path,
            "-p",
            port.ToString(CultureInfo.InvariantCulture),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            .. PostgresSharedMemory.Settings,
            // What is thrown away need not survive a power cut. It does survive a crash of the server.
            .. data.IsThrowAway ? (string[])["-c", "fsync=off", "-c", "full_page_writes=off"] : [],
        ];

    private static bool IsEmpty(string directory) => !Directory.Exists(directory) || !Directory.EnumerateFileSystemEntries(directory).Any();

    private static void CheckVersion(string directory, PostgresInstallation installation)
    {
        var file = Path.Combine(directory, VersionFile);
        if (!File.Exists(file))
        {
            throw new DistributedApplicationException($"{directory} holds files that are not a PostgreSQL cluster: move them away.");
        }

        var made = File.ReadAllText(file).Trim();
        if (made != installation.Major.ToString(CultureInfo.InvariantCulture))
        {
            throw new DistributedApplicationException(
                $"The data in {directory} was made by PostgreSQL {made} and can't be opened by {installation.Version}: dump it with "
                    + $"{made} and "
                    + "restore it here, or remove the directory to begin anew."
            );
        }
    }
}
