using System.Diagnostics;

namespace AspireDeploy.Tools;

/// <summary>Locks between processes, on a file. The system drops the lock with the process that holds it, however that dies.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or returns null when another holder has it.</summary>
    /// <exception cref="UnauthorizedAccessException">The file can't be written.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
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
