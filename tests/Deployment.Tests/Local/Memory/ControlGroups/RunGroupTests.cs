using System.Diagnostics;
using System.Globalization;
using AspireDeploy.Local.Memory.ControlGroups;

namespace AspireDeploy.Tests.Local.Memory.ControlGroups;

/// <summary>On the machine's own control groups, where this process may make some.</summary>
public sealed class RunGroupTests : IDisposable
{
    private const string Name = "replica#1";
    private const long Limit = 64 << 20;

    // Told to, it fills memory faster than any watch could look.
    private const string Greedy = "read go; x=$(head -c 200000000 /dev/zero | tr '\\0' x); echo survived; sleep 1000";

    private readonly RunGroup? _group = MemoryHierarchy.Current() is { } hierarchy ? RunGroup.Create(hierarchy) : null;

    [Fact]
    public async Task Process_OverTheLimit_IsEndedByTheKernelAndKnown()
    {
        var group = Required();
        using var greedy = Start(Greedy);
        using var modest = Start("read go");
        Assert.True(group.Enter(Name, greedy.Id, Limit));
        Assert.True(group.Enter("replica#2", modest.Id, Limit));
        await greedy.StandardInput.WriteLineAsync("go");
        await greedy.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(group.WasKilledIn(Name));
        Assert.False(group.WasKilledIn("replica#2"));
        Assert.False(modest.HasExited);
        modest.Kill();
    }

    [Fact]
    public async Task Leave_AfterTheEnd_LeavesNothing()
    {
        var group = Required();
        using var process = Start("read go");
        Assert.True(group.Enter(Name, process.Id, Limit));
        Assert.False(group.Leave(Name));
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(group.Leave(Name));
        group.Remove();
        Assert.False(Directory.Exists(group.Directory));
    }

    [Fact]
    public void Create_LeftByAKilledRun_IsRemoved()
    {
        var group = Required();
        using var dead = Start("exit 0");
        dead.WaitForExit();
        var left = Path.Combine(
            Path.GetDirectoryName(group.Directory)!,
            string.Create(CultureInfo.InvariantCulture, $"aspiredeploy-{dead.Id}-left")
        );
        Directory.CreateDirectory(Path.Combine(left, Name));
        var next = RunGroup.Create(MemoryHierarchy.Current()!);
        next?.Remove();
        Assert.NotNull(next);
        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(group.Directory));
    }

    [Fact]
    public void Enter_NoSuchProcess_IsFalseAndLeavesNothing()
    {
        var group = Required();
        using var dead = Start("exit 0");
        dead.WaitForExit();
        Assert.False(group.Enter(Name, dead.Id, Limit));
        Assert.False(Directory.Exists(Path.Combine(group.Directory, Name)));
    }

    public void Dispose() => _group?.Remove();

    private RunGroup Required()
    {
        if (_group is null)
            Assert.Skip("This process may make no control groups.");
        return _group;
    }

    private static Process Start(string script) =>
        Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
