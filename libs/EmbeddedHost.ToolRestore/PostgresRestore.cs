using System.Text.Json;
using Aspire.Hosting.Tools;

namespace AspireDeploy.ToolRestore;

/// <summary>Makes PostgreSQL's package runnable: a package cannot hold symbolic links, so it lists them and they are made here.</summary>
internal sealed class PostgresRestore(ToolEnvironment environment, ToolCache cache)
{
    private sealed record Link(string Source, string Target);

    public async Task RunAsync(string package, Staging staging)
    {
        var native = Path.Combine(package, "native");
        if (!Directory.Exists(native))
            throw new RestoreException($"the PostgreSQL package {cache.Pins.Postgres} holds no binaries");
        await MakeLinksAsync(package, Path.Combine(native, "pg-symlinks.json"));
        if (environment.IsRoot && !OperatingSystem.IsWindows())
            OpenToOthers(native);
        await Staging.PublishAsync(native, cache.Postgres);
    }

    private static async Task MakeLinksAsync(string package, string list)
    {
        if (!File.Exists(list))
            return;
        var links = JsonSerializer.Deserialize<Link[]>(await File.ReadAllTextAsync(list), JsonSerializerOptions.Web)!;
        foreach (var link in links)
        {
            var path = Path.Combine(package, link.Target);
            if (!Path.Exists(path))
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(package, link.Source)));
        }
    }

    // Root's PostgreSQL runs as an unprivileged user, who must be able to read it whatever root's umask is.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void OpenToOthers(string directory)
    {
        const UnixFileMode Read = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Execute = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | Read | Execute);
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(entry => entry.LinkTarget is null))
        {
            var executable = entry is DirectoryInfo || (entry.UnixFileMode & UnixFileMode.UserExecute) != 0;
            entry.UnixFileMode |= executable ? Read | Execute : Read;
        }
    }
}
