using System.Runtime.Versioning;
using Aspire.Hosting;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>
/// A directory that one server may write to while this object lives. Nobody else can take it meanwhile; the system lets go of it when
/// this process dies, so who can take it knows that no living run stands behind what is found in it.
/// </summary>
internal sealed class DataDirectory : IAsyncDisposable
{
    private const string LockName = "lock";
    private const string DataName = "data";

    private readonly FileLock _lock;

    // Those that are ours to let somebody through; a developer's own directory is not.
    private readonly IReadOnlyList<string> _ours;

    private DataDirectory(string place, FileLock held, bool isThrowAway, IReadOnlyList<string> ours)
    {
        _lock = held;
        _ours = ours;
        Place = place;
        IsThrowAway = isThrowAway;
        Path = System.IO.Path.Combine(place, DataName);
    }

    /// <summary>Gets where the server's files go. It need not exist yet.</summary>
    public string Path { get; }

    /// <summary>Gets the directory that holds the data and, beside it, the server's configuration.</summary>
    public string Place { get; }

    /// <summary>Gets whether the directory goes when this object does.</summary>
    public bool IsThrowAway { get; }

    /// <summary>
    /// Gets or sets what clears away that which a killed server has left outside the directory. It is called before a throw-away one is
    /// removed, as nobody could tell afterwards whose it was.
    /// </summary>
    public Func<Task>? BeforeRemoval { get; set; }

    /// <summary>Takes the directory of a volume, whose content stays.</summary>
    /// <param name="environment">Where data is kept.</param>
    /// <param name="directory">See <see cref="DataHome.Volume"/>.</param>
    /// <exception cref="DistributedApplicationException">Another run or resource uses it, or it can't be written.</exception>
    public static DataDirectory OfVolume(ToolEnvironment environment, string directory)
    {
        var above = System.IO.Path.GetDirectoryName(directory)!;
        return Take(directory, () =>
        {
            DataHome.Open(environment);
            PrivateDirectory.Create(above);
            PrivateDirectory.Create(directory);
            return [above, directory];
        });
    }

    /// <summary>
    /// Takes a directory of the developer's, whose content stays. Neither its owner and mode nor those of what is above it are changed.
    /// </summary>
    /// <param name="directory">The directory. It is made where it is missing.</param>
    /// <exception cref="DistributedApplicationException">Another run or resource uses it, or it can't be written.</exception>
    public static DataDirectory OfBindMount(string directory) => Take(directory, () =>
        {
            if (Directory.Exists(directory))
            {
                return [];
            }

            PrivateDirectory.Create(directory);
            return [directory];
        });

    /// <summary>
    /// Takes a new directory, which goes away when this object is disposed of or, after a sudden death, with a later run's sweep.
    /// </summary>
    /// <param name="environment">Where data is kept.</param>
    /// <param name="kind">The kind of server: only a run that has one of that kind sweeps it.</param>
    /// <exception cref="DistributedApplicationException">It can't be made.</exception>
    public static DataDirectory ThrowAway(ToolEnvironment environment, string kind)
    {
        var above = ThrowAwayDirectories.Root(environment);
        var directory = System.IO.Path.Combine(above, ThrowAwayDirectories.NewName(kind));
        try
        {
            DataHome.Open(environment);
            PrivateDirectory.Create(above);
            PrivateDirectory.Create(directory);
            return new DataDirectory(directory, FileLock.TryTake(LockOf(directory))!, isThrowAway: true, [above, directory]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(directory, failure);
        }
    }

    /// <summary>Takes a throw-away directory that a dead run has left, to remove it; null where it isn't abandoned.</summary>
    public static DataDirectory? Abandoned(string directory)
    {
        // One without a lock is being made, or being removed, at this moment; unless it has stood like that for long.
        if (!File.Exists(LockOf(directory)) && Directory.GetLastWriteTimeUtc(directory) > DateTime.UtcNow.AddHours(-1))
        {
            return null;
        }

        return FileLock.TryTake(LockOf(directory)) is { } held ? new DataDirectory(directory, held, isThrowAway: true, []) : null;
    }

    /// <summary>
    /// Lets a server's own account through to its data, which it must own: it can enter the directories above, if they are ours, and
    /// neither list nor change them.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    public void OpenTo(ServiceAccount account)
    {
        foreach (var directory in _ours)
        {
            File.SetUnixFileMode(directory, PrivateDirectory.OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        if (Directory.Exists(Path))
        {
            UnixCalls.ChangeOwner(Path, account.User, account.Group);
        }
    }

    /// <summary>Lets go of the directory, and removes it if it is a throw-away one. The server must have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsThrowAway)
        {
            await RemoveDataAsync().ConfigureAwait(false);
        }

        _lock.Dispose();
        if (IsThrowAway)
        {
            try
            {
                Directory.Delete(Place, recursive: true);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                // The next run sweeps it.
            }
        }
    }

    private static DataDirectory Take(string directory, Func<IReadOnlyList<string>> make)
    {
        try
        {
            var ours = make();
            return FileLock.TryTake(LockOf(directory)) is { } held
                ? new DataDirectory(directory, held, isThrowAway: false, ours)
                : throw new DistributedApplicationException(
                    $"The data in {directory} is in use by another run, or by another resource of this one: stop that first, or give "
                        + "this one a volume of its own."
                );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(directory, failure);
        }
    }

    private static DistributedApplicationException Unwritable(string directory, Exception failure) =>
        new(
            $"{directory} can't be written ({failure.Message.TrimEnd('.')}): give it to yourself, or set {DataHome.RootVariable} to a "
                + "directory of yours.",
            failure
        );

    private static string LockOf(string place) => System.IO.Path.Combine(place, LockName);

    private async Task RemoveDataAsync()
    {
        if (BeforeRemoval is { } clear)
        {
            await clear().ConfigureAwait(false);
        }

        if (!OperatingSystem.IsWindows() && Directory.Exists(Place))
        {
            // What the server's account has left running no longer gets at what is removed.
            File.SetUnixFileMode(Place, PrivateDirectory.OwnerOnly);
        }

        for (var attempt = 1; Directory.Exists(Path) && attempt <= 20; attempt++)
        {
            try
            {
                ServiceAccount.Remove(Path);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                // A server's last child may still be writing its farewell.
                await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
            }
        }
    }
}
