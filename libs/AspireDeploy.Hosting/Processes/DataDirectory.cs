using System.Runtime.Versioning;
using Aspire.Hosting;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>
/// A directory that one server may write to while this object lives. Nobody else can take it meanwhile; the system lets go of it when this process dies,
/// so who can take it knows that no living run stands behind what is found in it.
/// </summary>
internal sealed class DataDirectory : IAsyncDisposable
{
    private const string LockName = "lock";
    private const string ThrowAwayName = "throw-away";

    private readonly FileLock _lock;
    private readonly string _place;

    private readonly bool _isParentOurs;

    private DataDirectory(string place, FileLock held, bool isThrowAway, bool isParentOurs)
    {
        _place = place;
        _lock = held;
        _isParentOurs = isParentOurs;
        IsThrowAway = isThrowAway;
        Path = System.IO.Path.Combine(place, "data");
    }

    /// <summary>Where the server's files go. It need not exist yet.</summary>
    public string Path { get; }

    /// <summary>A private directory beside the data, for the server's configuration.</summary>
    public string Place => _place;

    /// <summary>Whether the directory goes when this object does.</summary>
    public bool IsThrowAway { get; }

    /// <summary>Clears away what a server that was killed has left outside the directory; called before a throw-away one is removed, as nobody could tell afterwards whose it was.</summary>
    public Func<Task>? BeforeRemoval { get; set; }

    /// <summary>Takes the directory of a volume, whose content stays.</summary>
    /// <param name="directory">See <see cref="DataHome.Volume"/>.</param>
    /// <exception cref="DistributedApplicationException">Another run or resource uses it, or it cannot be written.</exception>
    public static DataDirectory OfVolume(string directory)
    {
        if (System.IO.Path.GetDirectoryName(directory) is { } solution && !Directory.Exists(solution))
            PrivateDirectory.Create(solution);
        return Take(directory, isParentOurs: true);
    }

    /// <summary>Takes a directory of the developer's, whose content stays. Nothing above it is changed.</summary>
    /// <exception cref="DistributedApplicationException">Another run or resource uses it, or it cannot be written.</exception>
    public static DataDirectory OfBindMount(string directory) => Take(directory, isParentOurs: false);

    private static DataDirectory Take(string directory, bool isParentOurs)
    {
        try
        {
            PrivateDirectory.Create(directory);
            return FileLock.TryTake(System.IO.Path.Combine(directory, LockName)) is { } held
                ? new DataDirectory(directory, held, isThrowAway: false, isParentOurs)
                : throw new DistributedApplicationException($"The volume {directory} is in use by another run of this solution, or by another resource of this one: stop that first, or give this one a volume of its own.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The volume {directory} cannot be written ({failure.Message}): set {DataHome.RootVariable} to a directory of yours.", failure);
        }
    }

    /// <summary>Takes a new directory, which goes away when this object is disposed of or, after a sudden death, at a later run's <see cref="SweepAsync"/>.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be made.</exception>
    public static DataDirectory ThrowAway(ToolEnvironment environment)
    {
        var directory = System.IO.Path.Combine(ThrowAwayRoot(environment), Guid.NewGuid().ToString("N")[..12]);
        try
        {
            PrivateDirectory.Create(directory);
            return new DataDirectory(directory, FileLock.TryTake(System.IO.Path.Combine(directory, LockName))!, isThrowAway: true, isParentOurs: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"{directory} cannot be written ({failure.Message}): set {DataHome.RootVariable} to a directory of yours.", failure);
        }
    }

    /// <summary>Lets a server's own account enter. What lies above stays private to both it and root.</summary>
    [UnsupportedOSPlatform("windows")]
    public void OpenTo(ServiceAccount account)
    {
        UnixCalls.ChangeOwner(_place, account.User, account.Group);
        var above = System.IO.Path.GetDirectoryName(_place)!;
        if (IsThrowAway)
            File.SetUnixFileMode(above, File.GetUnixFileMode(above) | UnixFileMode.OtherExecute);
        else if (_isParentOurs)
            UnixCalls.ChangeOwner(above, account.User, account.Group);
    }

    /// <summary>Removes what runs that died suddenly left behind.</summary>
    /// <param name="environment">Where to look.</param>
    /// <param name="endServer">Ends whatever server still runs on the given data directory.</param>
    public static async Task SweepAsync(ToolEnvironment environment, Func<string, Task> endServer)
    {
        var root = ThrowAwayRoot(environment);
        foreach (var directory in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
        {
            try
            {
                var stamp = System.IO.Path.Combine(directory, LockName);
                // One without a lock is being made, or being removed, at this moment; unless it has stood like that for long.
                if (!File.Exists(stamp) && Directory.GetLastWriteTimeUtc(directory) > DateTime.UtcNow.AddHours(-1))
                    continue;
                if (FileLock.TryTake(stamp) is not { } held)
                    continue;
                await using var abandoned = new DataDirectory(directory, held, isThrowAway: true, isParentOurs: true);
                await endServer(abandoned.Path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or still busy: another run's concern.
            }
        }
    }

    /// <summary>Lets go of the directory, and removes it if it is a throw-away one. The server must have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsThrowAway)
        {
            if (BeforeRemoval is { } clear) await clear();
            for (var attempt = 1; Directory.Exists(Path) && attempt <= 20; attempt++)
            {
                try
                {
                    Directory.Delete(Path, recursive: true);
                }
                catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
                {
                    // A server's last child may still be writing its farewell.
                    await Task.Delay(TimeSpan.FromMilliseconds(100));
                }
            }
        }
        _lock.Dispose();
        if (IsThrowAway)
        {
            try
            {
                Directory.Delete(_place, recursive: true);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                // The next run sweeps it.
            }
        }
    }

    private static string ThrowAwayRoot(ToolEnvironment environment) => System.IO.Path.Combine(DataHome.Root(environment), ThrowAwayName);
}
