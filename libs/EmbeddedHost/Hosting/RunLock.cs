using System.Globalization;
using System.Text;

namespace Aspire.Hosting;

/// <summary>
/// Lets one run of an AppHost know of another. The operating system gives the lock back when its holder dies, however it dies, so a stale file
/// keeps nobody from starting.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a directory.</summary>
    /// <param name="directory">The AppHost's own state directory; made if it isn't there.</param>
    /// <param name="appHost">What to call the AppHost in the error.</param>
    /// <exception cref="DistributedApplicationException">Another run has it.</exception>
    public static RunLock Take(string directory, string appHost)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var path = Path.Combine(directory, "run.lock");
        try
        {
            // The holder's note lies in a file of its own: on Windows a locked file can't be read.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            File.WriteAllText(NotePath(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Encoding.UTF8);
            return new(file);
        }
        catch (IOException)
        {
            throw new DistributedApplicationException(
                $"'{appHost}' is already running{Holder(path)}. Stop that run first, or start this one beside it with '--isolated'.");
        }
    }

    public void Dispose()
    {
        File.Delete(NotePath(_file.Name));
        _file.Dispose();
    }

    private static string NotePath(string path) => path + ".pid";

    private static string Holder(string path)
    {
        try
        {
            return File.ReadAllText(NotePath(path)).Trim() is { Length: > 0 } pid ? $" (process {pid})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
