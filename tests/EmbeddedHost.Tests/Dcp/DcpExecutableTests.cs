using System.Diagnostics;
using Aspire.Hosting.Dcp;

namespace EmbeddedHost.Tests.Dcp;

/// <summary>What the orchestration takes for granted of DCP's executables.</summary>
public sealed class DcpExecutableTests
{
    [Fact]
    public async Task Executable_OfALongProcess_RunsUntilStoppedByATermination()
    {
        await using var dcp = await RunningDcp.StartAsync();
        await dcp.RunAsync(ExecutableStates.Running, "loop", "/bin/sh", "-c", "trap 'exit 7' TERM; echo up; while true; do sleep 0.05; done");
        await FirstLineAsync(dcp, "loop");

        await dcp.Client.StopAsync<Executable>("loop", TestContext.Current.CancellationToken);

        var stopped = await dcp.UntilAsync<Executable>("loop", e => e.Status?.State == ExecutableStates.Finished);
        Assert.Equal(7, stopped.Status!.ExitCode);
    }

    [Fact]
    public async Task Executable_WhoseProcessIsKilled_IsToldFinished()
    {
        await using var dcp = await RunningDcp.StartAsync();
        var running = await dcp.RunAsync(ExecutableStates.Running, "sleeper", "/bin/sleep", "1000");
        using var process = Process.GetProcessById((int)running.Status!.Pid!);

        process.Kill();

        await dcp.UntilAsync<Executable>("sleeper", e => e.Status?.State == ExecutableStates.Finished);
    }

    [Fact]
    public async Task Executable_ThatIsNotThere_FailsToStartAndTheSystemLogSaysWhy()
    {
        await using var dcp = await RunningDcp.StartAsync();

        await dcp.RunAsync(ExecutableStates.FailedToStart, "absent", "/nowhere/absent");

        var why = await SystemLog.WhyNotStartedAsync(dcp.Client, "absent", TestContext.Current.CancellationToken);
        Assert.Equal("fork/exec /nowhere/absent: no such file or directory", why);
    }

    [Fact]
    public async Task Log_OfAFinishedProcess_IsStillThereWithItsMoments()
    {
        await using var dcp = await RunningDcp.StartAsync();
        var before = DateTime.UtcNow.AddMinutes(-1);
        await dcp.RunAsync(ExecutableStates.Finished, "talker", "/bin/sh", "-c", "echo one; echo two; echo wrong >&2");

        var output = await dcp.Client.ReadLogAsync<Executable>("talker", "stdout", follow: false, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var errors = await dcp.Client.ReadLogAsync<Executable>("talker", "stderr", follow: false, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["one", "two"], output.Select(line => line.Text));
        Assert.Equal(["wrong"], errors.Select(line => line.Text));
        Assert.All(output, line => Assert.InRange(line.Moment, before, DateTime.UtcNow.AddMinutes(1)));
    }

    [Fact]
    public async Task Server_Stopped_LeavesNoProcessOfWhatItRan()
    {
        await using var dcp = await RunningDcp.StartAsync();
        var first = await dcp.RunAsync(ExecutableStates.Running, "first", "/bin/sleep", "1000");
        var second = await dcp.RunAsync(ExecutableStates.Running, "second", "/bin/sleep", "1000");

        await dcp.StopAsync();

        Assert.All(new[] { first, second }, e => Assert.Throws<ArgumentException>(() => Process.GetProcessById((int)e.Status!.Pid!)));
    }

    private static async Task FirstLineAsync(RunningDcp dcp, string name)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        await dcp.Client.ReadLogAsync<Executable>(name, "stdout", follow: true, limit.Token).FirstAsync(limit.Token);
    }
}
