namespace AspireDeploy.Hosting.Tests;

/// <summary>The data directory of several runs, one after another.</summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>Makes a new one.</summary>
    public DataFolder()
    {
        // Where root runs the tests, PostgreSQL runs as another user, who must get through.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>Gets where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("aspiredeploy-servers-").FullName;

    /// <summary>Gets the directories of data that goes with its run.</summary>
    public IReadOnlyList<string> ThrownAway =>
        Directory.Exists(System.IO.Path.Combine(Path, "throw-away"))
            ? Directory.GetDirectories(System.IO.Path.Combine(Path, "throw-away"))
            : [];

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
