using System.Diagnostics;
using Aspire.Hosting.Dcp;

namespace EmbeddedHost.Tests.Dcp;

public sealed class ProcessEndTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(1);

    public ProcessEndTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells.");

    [Fact]
    public async Task Of_ARunningProcess_CompletesAsItEnds()
    {
        using var process = Process.Start("/bin/sleep", "1000");

        var end = ProcessEnd.Of(process.Id);

        Assert.False(end!.IsCompleted);
        process.Kill();
        await end.WaitAsync(Generous, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Of_AProcessThatIsGone_HasCompleted()
    {
        using var process = Process.Start("/bin/true");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(ProcessEnd.Of(process.Id)!.IsCompleted);
    }

    [Fact]
    public async Task Of_WhatDcpRuns_CompletesToo()
    {
        await using var dcp = await RunningDcp.StartAsync();
        var running = await dcp.RunAsync(ExecutableStates.Running, "runs", "/bin/sh", "-c", "exec sleep 1000");
        var end = ProcessEnd.Of((int)running.Status!.Pid!);

        await dcp.Client.StopAsync<Executable>("runs", TestContext.Current.CancellationToken);

        await end!.WaitAsync(Generous, TestContext.Current.CancellationToken);
        await dcp.Client.LookAgainAsync<Executable>("runs", TestContext.Current.CancellationToken);
        await dcp.UntilAsync<Executable>("runs", e => e.Status?.State == ExecutableStates.Finished);
    }

    [Fact]
    public async Task LookAgain_AtWhatIsGone_IsNoError()
    {
        await using var dcp = await RunningDcp.StartAsync();

        await dcp.Client.LookAgainAsync<Executable>("gone", TestContext.Current.CancellationToken);
    }
}
