namespace AspireDeploy.Local.Memory.ControlGroups;

/// <summary>Describes what the files of a control group are called (Linux, "Control Group v2" and "Memory Resource Controller").</summary>
/// <param name="Limit">Takes the limit, in bytes.</param>
/// <param name="SwapLimit">Takes what keeps the group from the swap; it isn't there where swap isn't accounted for.</param>
/// <param name="SwapIsIncluded">Whether that limit is of memory and swap together, rather than of swap alone.</param>
/// <param name="Events">Has a line <c>oom_kill N</c>: how many of the group's processes were killed at its limit.</param>
/// <param name="IsVersion2">Whether a group must allow its children the memory controller, and may be killed as a whole.</param>
internal sealed record GroupFiles(string Limit, string SwapLimit, bool SwapIsIncluded, string Events, bool IsVersion2)
{
    internal const string Processes = "cgroup.procs";
    internal const string ChildrensControllers = "cgroup.subtree_control";
    internal const string KilledAsAWhole = "memory.oom.group";

    internal static readonly GroupFiles Version1 = new(
        "memory.limit_in_bytes",
        "memory.memsw.limit_in_bytes",
        SwapIsIncluded: true,
        "memory.oom_control",
        IsVersion2: false
    );
    internal static readonly GroupFiles Version2 = new(
        "memory.max",
        "memory.swap.max",
        SwapIsIncluded: false,
        "memory.events",
        IsVersion2: true
    );
}
