using System.Diagnostics;

namespace AspireDeploy.Tools;

/// <summary>Locks between processes, on a file. The system drops the lock with the process that holds it, however that dies.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>
    /// Takes the lock, or returns null when another holder has it. Nobody but the user of this process can open its file.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The file can't be written, or is a link.</exception>
    public static FileLock? TryTake(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new UnauthorizedAccessException($"{path} is a link");
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileLock(new FileStream(path, options));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>
    /// Takes the lock, as soon as any other holder lets go. There is no portable way to wait for a file lock but to try again.
    /// </summary>
    /// <returns>The lock, or null when it was still held after <paramref name="limit"/>.</returns>
    public static async Task<FileLock?> TakeAsync(string path, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (waited.Elapsed > limit)
            {
                return null;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets go of the lock. Its file stays, as another may be about to lock it.</summary>
    public void Dispose() => _file.Dispose();
}
