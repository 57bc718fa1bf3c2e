using AspireDeploy.Tools;

namespace AspireDeploy.Local.Gateways;

/// <summary>
/// Holds the folder of a run's control sockets, which only this user can enter. While the run lives it holds a lock on a file in it, which
/// the system drops however the run dies. A folder that is left with a free lock is removed by the next run of the same user.
/// </summary>
internal sealed class ControlFolder : IDisposable
{
    private const string Prefix = "gateway-";
    private const string LockName = "lock";

    private readonly FileStream _lock;
    private readonly ThrowAwayWatcher? _watcher;

    private ControlFolder(string path, FileStream held, ThrowAwayWatcher? watcher) => (Path, _lock, _watcher) = (path, held, watcher);

    internal string Path { get; }

    /// <summary>Makes one, and removes those that killed runs have left.</summary>
    /// <param name="parent">Where: the user's own folder (<see cref="RunFolder"/>). Nobody else can write to it, so nothing in it can be
    /// swapped while it is looked at.</param>
    internal static ControlFolder Create(string parent)
    {
        if (!PrivateDirectory.IsOursAlone(parent))
            throw new ArgumentException($"{parent} is open to others.", nameof(parent));
        foreach (var folder in Directory.EnumerateDirectories(parent, $"{Prefix}*").Where(PrivateDirectory.IsOurs))
            RemoveIfLeft(folder);
        var path = System.IO.Path.Combine(parent, Prefix + System.IO.Path.GetRandomFileName());
        PrivateDirectory.Create(path);
        var held = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        return new(path, held, ThrowAwayWatcher.Start(path));
    }

    public void Dispose()
    {
        _lock.Dispose();
        // A service is disposed of as often as it is registered.
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        _watcher?.Dispose();
    }

    private static void RemoveIfLeft(string folder)
    {
        try
        {
            // One without the file is somebody else's, or is just being made.
            using (new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None)) { }

            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in use, or another run is faster.
        }
    }
}
