using System.Globalization;

namespace AspireDeploy.Local.Memory;

/// <summary>
/// The process that a replica is, where the one that its host knows of only waits for it: Microsoft's host starts a project through
/// <c>dotnet run</c>.
/// </summary>
internal static class ReplicaProcess
{
    /// <summary>
    /// Returns the process below, if this one is <c>dotnet run</c>; null while there is none yet, or no such process any more. Any other
    /// process is the replica itself. Only Linux tells in files what a process runs and has started; elsewhere the one that is known is
    /// taken.
    /// </summary>
    internal static int? Find(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return pid;
        try
        {
            return IsDotnetRun(pid) ? ChildOf(pid) : pid;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsDotnetRun(int pid) =>
        File.ReadAllText(FileOf(pid, "cmdline")).Split('\0') is [var program, "run", ..] && Path.GetFileName(program) == "dotnet";

    // A thread's children are told with the thread.
    private static int? ChildOf(int pid)
    {
        foreach (var thread in Directory.EnumerateDirectories(FileOf(pid, "task")))
        {
            if (File.ReadAllText(Path.Combine(thread, "children")).Split(' ') is [{ Length: > 0 } child, ..])
                return int.Parse(child, CultureInfo.InvariantCulture);
        }

        return null;
    }

    private static string FileOf(int pid, string name) => string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{name}");
}
