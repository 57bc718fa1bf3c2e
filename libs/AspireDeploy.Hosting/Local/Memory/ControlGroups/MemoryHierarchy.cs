namespace AspireDeploy.Local.Memory.ControlGroups;

/// <summary>Describes where this process stands in the hierarchy of control groups that accounts for memory (Linux, cgroups(7)).</summary>
/// <param name="Mount">Where the hierarchy is mounted.</param>
/// <param name="Own">The directory of this process's group, in it.</param>
/// <param name="Files">What its files are called.</param>
internal sealed record MemoryHierarchy(string Mount, string Own, GroupFiles Files)
{
    /// <summary>Returns the machine's; null where there is none.</summary>
    internal static MemoryHierarchy? Current()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? Find(File.ReadAllLines("/proc/self/mountinfo"), File.ReadAllLines("/proc/self/cgroup"))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Finds it. Where both versions are mounted, memory is accounted for in the first if that has the controller, else in the second.
    /// </summary>
    /// <param name="mounts">The lines of <c>/proc/PID/mountinfo</c> (proc(5)).</param>
    /// <param name="groups">The lines of <c>/proc/PID/cgroup</c>: <c>4:memory:/path</c>, of version 2 <c>0::/path</c>.</param>
    internal static MemoryHierarchy? Find(IReadOnlyList<string> mounts, IReadOnlyList<string> groups)
    {
        var first = FindVersion(
            mounts,
            groups,
            (type, options) => type == "cgroup" && options.Contains("memory"),
            controllers => controllers.Split(',').Contains("memory"),
            GroupFiles.Version1
        );
        return first
            ?? FindVersion(mounts, groups, (type, _) => type == "cgroup2", controllers => controllers.Length == 0, GroupFiles.Version2);
    }

    private static MemoryHierarchy? FindVersion(
        IReadOnlyList<string> mounts,
        IReadOnlyList<string> groups,
        Func<string, string[], bool> isMount,
        Predicate<string> isGroup,
        GroupFiles files
    )
    {
        // 36 35 98:0 /root /mount/point options… - type source super,options
        var mount = mounts
            .Select(line => line.Split(" - "))
            .Where(halves => halves.Length == 2)
            .Select(halves => (Left: halves[0].Split(' '), Right: halves[1].Split(' ')))
            .FirstOrDefault(line => line is { Left.Length: >= 5, Right.Length: 3 } && isMount(line.Right[0], line.Right[2].Split(',')))
            .Left;
        var path = groups.Select(line => line.Split(':', 3)).FirstOrDefault(parts => parts.Length == 3 && isGroup(parts[1]))?[2];
        if (mount is null || path is null)
            return null;
        var (root, point) = (mount[3].TrimEnd('/'), mount[4]);
        return path.StartsWith(root, StringComparison.Ordinal)
            ? new(point, Path.Join(point, path[root.Length..]).TrimEnd('/'), files)
            : null;
    }
}
