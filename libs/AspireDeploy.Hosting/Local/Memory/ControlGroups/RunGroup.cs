using System.Diagnostics;
using System.Globalization;

namespace AspireDeploy.Local.Memory.ControlGroups;

/// <summary>
/// The control group that a run of the application makes, and has a child of for each limited replica. Its name has this process's number,
/// so that the next run sees whose it was.
/// </summary>
internal sealed class RunGroup
{
    private const string Prefix = "aspiredeploy-";

    private readonly GroupFiles _files;

    private RunGroup(string directory, GroupFiles files) => (Directory, _files) = (directory, files);

    internal string Directory { get; }

    /// <summary>
    /// Makes it, and removes those that killed runs have left. Null where this process may not: on version 2 a group with processes has no
    /// children with limits, so it is made beside or above this process's own, in the nearest group that was delegated to this user; on
    /// version 1 below it.
    /// </summary>
    internal static RunGroup? Create(MemoryHierarchy hierarchy)
    {
        foreach (var parent in Parents(hierarchy))
        {
            try
            {
                RemoveLeft(parent);
                var directory = Path.Combine(
                    parent,
                    string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Path.GetRandomFileName()}")
                );
                System.IO.Directory.CreateDirectory(directory);
                try
                {
                    if (hierarchy.Files.IsVersion2)
                        Write(directory, GroupFiles.ChildrensControllers, "+memory");
                    return new(directory, hierarchy.Files);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    Remove(directory);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It isn't ours to divide.
            }
        }

        return null;
    }

    /// <summary>Puts a process into a group of its own.</summary>
    /// <param name="name">The group's name.</param>
    /// <param name="pid">The process.</param>
    /// <param name="limit">Its limit, in bytes.</param>
    /// <returns>Whether it is in it now.</returns>
    internal bool Enter(string name, int pid, long limit)
    {
        var group = Path.Combine(Directory, name);
        try
        {
            System.IO.Directory.CreateDirectory(group);
            Write(group, _files.Limit, Number(limit));
            if (File.Exists(Path.Combine(group, _files.SwapLimit)))
                Write(group, _files.SwapLimit, Number(_files.SwapIsIncluded ? limit : 0));
            if (_files.IsVersion2)
                Write(group, GroupFiles.KilledAsAWhole, "1");
            Write(group, GroupFiles.Processes, Number(pid));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(group);
            return false;
        }
    }

    /// <summary>Returns whether the kernel has killed in a group because it was at its limit.</summary>
    internal bool WasKilledIn(string name)
    {
        try
        {
            return File.ReadLines(Path.Combine(Directory, name, _files.Events))
                .Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes a group.</summary>
    /// <returns>False while a process is still in it.</returns>
    internal bool Leave(string name) => Remove(Path.Combine(Directory, name));

    /// <summary>
    /// Removes the run's group and all below it. A group in which something still lives stays, for the next run to remove.
    /// </summary>
    internal void Remove() => RemoveAll(Directory);

    private static List<string> Parents(MemoryHierarchy hierarchy)
    {
        if (!hierarchy.Files.IsVersion2)
            return [hierarchy.Own];
        var parents = new List<string>();
        for (
            var parent = hierarchy.Own;
            parent is not null && parent.StartsWith(hierarchy.Mount, StringComparison.Ordinal);
            parent = Path.GetDirectoryName(parent)
        )
        {
            if (AllowsMemory(parent))
                parents.Add(parent);
        }

        return parents;
    }

    private static bool AllowsMemory(string group)
    {
        var allowed = Path.Combine(group, GroupFiles.ChildrensControllers);
        return File.Exists(allowed)
            && File.ReadAllText(allowed).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Contains("memory");
    }

    private static void RemoveLeft(string parent)
    {
        foreach (var directory in System.IO.Directory.EnumerateDirectories(parent, $"{Prefix}*"))
        {
            if (
                int.TryParse(Path.GetFileName(directory).Split('-')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && !Lives(pid)
            )
                RemoveAll(directory);
        }
    }

    private static bool Lives(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void RemoveAll(string directory)
    {
        if (!System.IO.Directory.Exists(directory))
            return;
        foreach (var child in System.IO.Directory.EnumerateDirectories(directory))
            Remove(child);
        Remove(directory);
    }

    // A group's files can't be removed, and needn't be: its directory goes as if it were empty.
    private static bool Remove(string group)
    {
        try
        {
            System.IO.Directory.Delete(group);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Write(string group, string file, string text)
    {
        // Opened as it is: such a file can't be made or cut.
        using var stream = new FileStream(Path.Combine(group, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
