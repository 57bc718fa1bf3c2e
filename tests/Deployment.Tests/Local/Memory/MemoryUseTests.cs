using AspireDeploy.Local.Memory;
using AspireDeploy.Local.Memory.ControlGroups;

namespace AspireDeploy.Tests.Local.Memory;

public sealed class MemoryUseTests
{
    [Theory]
    [InlineData(271L << 20, false, "271 MiB of 272 MiB")]
    [InlineData(272L << 20, false, "272 MiB of 272 MiB")]
    [InlineData((272L << 20) + 1, true, "273 MiB of 272 MiB")]
    public void Use_PrintsInMebibytes_AndKnowsWhenItIsOver(long used, bool isOver, string printed)
    {
        var use = new MemoryUse(used, 272L << 20);
        Assert.Equal(isOver, use.IsOver);
        Assert.Equal(printed, use.ToString());
    }

    [Fact]
    public void ResidentMemory_OfThisProcess_GrowsWithWhatItKeeps()
    {
        var before = ResidentMemory.Measure(Environment.ProcessId)!.Value;
        var kept = GC.AllocateUninitializedArray<byte>(64 << 20, pinned: true);
        new Random(1).NextBytes(kept);
        Assert.InRange(ResidentMemory.Measure(Environment.ProcessId)!.Value - before, 48 << 20, long.MaxValue);
        GC.KeepAlive(kept);
    }

    [Fact]
    public void ResidentMemory_OfNoProcess_IsUnknown() => Assert.Null(ResidentMemory.Measure(int.MaxValue));
}
