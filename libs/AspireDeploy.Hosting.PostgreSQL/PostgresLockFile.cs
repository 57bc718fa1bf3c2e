using System.Diagnostics;
using System.Globalization;

namespace AspireDeploy.PostgreSQL;

/// <summary>
/// Reads what a server writes to <c>postmaster.pid</c> in its data directory while it runs, and leaves there when it dies suddenly.
/// </summary>
/// <param name="ProcessId">The server's process.</param>
/// <param name="SharedMemory">The segment that its children stay attached to, or null where there is none.</param>
internal sealed record PostgresLockFile(int ProcessId, PostgresSharedMemory? SharedMemory)
{
    private const string Name = "postmaster.pid";
    private const int SharedMemoryLine = 6;

    /// <summary>Reads the file, or returns null when there is none.</summary>
    public static PostgresLockFile? Read(string dataDirectory)
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(dataDirectory, Name));
            if (lines.Length == 0 || !int.TryParse(lines[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var process))
            {
                return null;
            }

            return new(Math.Abs(process), lines.Length > SharedMemoryLine ? PostgresSharedMemory.Parse(lines[SharedMemoryLine]) : null);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes the file of a server that is gone: the system may have given its process id to another program since.</summary>
    public static void Remove(string dataDirectory) => File.Delete(Path.Combine(dataDirectory, Name));

    /// <summary>
    /// Returns whether the server still runs, and on that directory: its id alone proves nothing, as ids are used again.
    /// </summary>
    public bool IsRunning(string dataDirectory)
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            if (!process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            // A server's working directory is its data directory. Linux shows it; elsewhere the name has to do.
            var directory = $"/proc/{ProcessId}/cwd";
            return !OperatingSystem.IsLinux()
                || Path.GetFullPath(dataDirectory).Equals(new FileInfo(directory).LinkTarget, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
