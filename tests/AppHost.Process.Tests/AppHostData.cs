namespace AppHost.Process.Tests;

/// <summary>The data directory of several runs, one after another.</summary>
internal sealed class AppHostData : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aspiredeploy-data-").FullName;

    public AppHostData()
    {
        // Where root runs the tests, PostgreSQL runs as another user, who must get through.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
