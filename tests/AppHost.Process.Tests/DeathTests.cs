namespace AppHost.Process.Tests;

public class DeathTests
{
    [Fact]
    public async Task AppHost_Killed_LeavesNothing()
    {
        await using var run = AppHostRun.Start(null, "--isolated");
        await run.UntilRunsAsync("Api", 3);

        run.Kill();

        await run.UntilNothingIsLeftAsync();
        // The key to DCP, and Garnet's password.
        Assert.DoesNotContain(run.TemporaryDirectories, directory => directory.StartsWith("aspire-", StringComparison.Ordinal));
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
