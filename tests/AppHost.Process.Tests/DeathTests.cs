namespace AppHost.Process.Tests;

public class DeathTests
{
    [Fact]
    public async Task AppHost_Killed_LeavesNothing()
    {
        using var data = new AppHostData();
        await using var run = AppHostRun.Start(data, "--isolated");
        await run.UntilRunsAsync("Api", 3);
        Assert.Contains(run.TemporaryDirectories, directory => directory.StartsWith("gateway-", StringComparison.Ordinal));

        run.Kill();

        await run.UntilNothingIsLeftAsync();
        // The key to DCP and Garnet's password; the gateway's sockets.
        Assert.DoesNotContain(run.TemporaryDirectories, directory =>
            directory.StartsWith("aspire-", StringComparison.Ordinal) || directory.StartsWith("gateway-", StringComparison.Ordinal)
        );
        Assert.Empty(Directory.GetDirectories(Path.Combine(data.Path, "throw-away")));
    }

    [Fact]
    public async Task Everything_Killed_DoesNotKeepTheNextRunFromStarting()
    {
        using var data = new AppHostData();
        await using var killed = AppHostRun.StartSmall("whole", data: data);
        await killed.UntilRunsAsync("SmallAppHosts", 1);
        await killed.KillEverythingAsync();
        Assert.NotEmpty(Directory.GetFiles(data.Path, "postmaster.pid", SearchOption.AllDirectories));

        await using var next = AppHostRun.StartSmall("whole", data: data);
        await next.UntilRunsAsync("SmallAppHosts", 1);
        next.Terminate();

        Assert.Equal(0, await next.EndAsync());
        Assert.Empty(next.Errors);
    }
}
