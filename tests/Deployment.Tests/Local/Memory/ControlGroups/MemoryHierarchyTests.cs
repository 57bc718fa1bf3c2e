using AspireDeploy.Local.Memory.ControlGroups;

namespace AspireDeploy.Tests.Local.Memory.ControlGroups;

public sealed class MemoryHierarchyTests
{
    private const string Unified =
        "30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot";
    private const string First = "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory";
    private const string FirstCpu = "36 31 0:33 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu";
    private const string Beside = "33 31 0:30 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw";

    [Fact]
    public void Find_Version2_IsThatOfTheUnifiedPath() =>
        Assert.Equal(
            new("/sys/fs/cgroup", "/sys/fs/cgroup/user.slice/app.scope", GroupFiles.Version2),
            MemoryHierarchy.Find(["22 1 8:1 / / rw - ext4 /dev/sda1 rw", Unified], ["0::/user.slice/app.scope"])
        );

    [Fact]
    public void Find_Version1WithTheController_IsThat() =>
        Assert.Equal(
            new("/sys/fs/cgroup/memory", "/sys/fs/cgroup/memory/job/7", GroupFiles.Version1),
            MemoryHierarchy.Find([FirstCpu, Beside, First], ["2:cpu,cpuacct:/", "4:memory:/job/7", "0::/"])
        );

    [Fact]
    public void Find_MountedFromBelowItsRoot_IsReadFromThere() =>
        Assert.Equal(
            new("/sys/fs/cgroup", "/sys/fs/cgroup/inner", GroupFiles.Version2),
            MemoryHierarchy.Find([Unified.Replace("0:26 / ", "0:26 /docker/abc ", StringComparison.Ordinal)], ["0::/docker/abc/inner"])
        );

    [Fact]
    public void Find_InTheRootGroup_IsTheMount() =>
        Assert.Equal(new("/sys/fs/cgroup", "/sys/fs/cgroup", GroupFiles.Version2), MemoryHierarchy.Find([Unified], ["0::/"]));

    [Fact]
    public void Find_NoneMounted_IsNull() => Assert.Null(MemoryHierarchy.Find(["22 1 8:1 / / rw - ext4 /dev/sda1 rw"], ["0::/"]));
}
