namespace AspireDeploy.Bench.Startup;

/// <summary>Describes where the runs keep their database, and nothing else does.</summary>
internal sealed class DataFolder : IDisposable
{
    public DataFolder()
    {
        // Where root runs it, PostgreSQL runs as another user, who must get through.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("aspiredeploy-startup-").FullName;

    public void Empty()
    {
        foreach (var directory in Directory.GetDirectories(Path))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
