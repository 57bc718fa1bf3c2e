using AspireDeploy.Engines;

namespace AspireDeploy.Hosting.Tests.Processes;

/// <summary>Describes what is left of servers when an AppHost ends, without an ordered stop.</summary>
public class DeathTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppHost_Interrupted_LeavesNothing()
    {
        await SolutionTools.RequireAsync(Cancellation);
        using var data = new DataFolder();
        await using var run = AppHostRun.Start("servers", data);
        await run.UntilRunsAsync("sleep");
        Assert.Equal(2, data.ThrownAway.Count);
        Assert.All(data.ThrownAway, directory => Assert.Empty(Readable(directory)));
        var memory = SharedMemory(data);

        run.Interrupt();

        Assert.Equal(0, await run.EndAsync());
        Assert.Empty(data.ThrownAway);
        Assert.Empty(run.Running("postgres"));
        await run.UntilNothingIsLeftAsync();
        Assert.False(Exists(memory));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AppHost_Killed_LeavesNothing(bool withItsTree)
    {
        await SolutionTools.RequireAsync(Cancellation);
        using var data = new DataFolder();
        await using var killed = AppHostRun.Start("servers", data);
        await killed.UntilRunsAsync("sleep");
        var memory = SharedMemory(data);

        if (withItsTree)
        {
            killed.KillTree();
        }
        else
        {
            killed.Kill();
        }

        await killed.UntilNothingIsLeftAsync();
        Assert.Empty(data.ThrownAway);
        Assert.False(Exists(memory));
    }

    [Fact]
    public async Task Everything_Killed_LeavesNothingAfterTheNextRun()
    {
        await SolutionTools.RequireAsync(Cancellation);
        using var data = new DataFolder();
        await using var killed = AppHostRun.Start("servers", data);
        await killed.UntilRunsAsync("sleep");
        var memory = SharedMemory(data);

        await killed.KillEverythingAsync();

        Assert.True(Exists(memory));
        await AssertNextRunClearsAsync(data);
        Assert.False(Exists(memory));
    }

    [Fact]
    public async Task Everything_Killed_DoesNotStopTheNextRunOnItsData()
    {
        await SolutionTools.RequireAsync(Cancellation);
        using var data = new DataFolder();
        var own = new Dictionary<string, string?> { ["DcpPublisher__RandomizePorts"] = "false" };
        await using (var killed = AppHostRun.Start("kept-servers", data, own))
        {
            await killed.UntilRunsAsync("sleep");
            await killed.KillEverythingAsync();
        }

        Assert.NotEmpty(Directory.GetFiles(data.Path, "postmaster.pid", SearchOption.AllDirectories));

        await using var next = AppHostRun.Start("kept-servers", data, own);
        await next.UntilRunsAsync("sleep");
        next.Interrupt();

        Assert.Equal(0, await next.EndAsync());
        await next.UntilNothingIsLeftAsync();
    }

    [Fact]
    public async Task TwoCopies_SideBySide_Run()
    {
        await SolutionTools.RequireAsync(Cancellation);
        using var data = new DataFolder();
        await using var one = AppHostRun.Start("servers", data);
        await using var other = AppHostRun.Start("servers", data);

        await one.UntilRunsAsync("sleep");
        await other.UntilRunsAsync("sleep");

        Assert.Equal(4, data.ThrownAway.Count);
    }

    [Fact]
    public async Task Server_ThatCannotStart_IsSaidOnceInTheTerminal()
    {
        using var data = new DataFolder();
        await using var run = AppHostRun.Start(
            "servers",
            data,
            new Dictionary<string, string?> { ["ASPIREDEPLOY_POSTGRES"] = "/nowhere", ["ASPIREDEPLOY_REDIS"] = "/nowhere/redis-server" }
        );

        await run.UntilSaysAsync("sessions can't start");
        await run.UntilSaysAsync("ledger can't start");

        Assert.Single(run.Output, line =>
            line.Contains("ASPIREDEPLOY_POSTGRES points to '/nowhere', which lacks postgres or initdb", StringComparison.Ordinal)
        );
        Assert.Single(run.Output, line =>
            line.Contains("ASPIREDEPLOY_REDIS points to '/nowhere/redis-server', which does not exist", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(run.Output, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private static async Task AssertNextRunClearsAsync(DataFolder data)
    {
        await using var next = AppHostRun.Start("servers", data);
        await next.UntilRunsAsync("sleep");
        next.Interrupt();
        Assert.Equal(0, await next.EndAsync());
        Assert.Empty(data.ThrownAway);
    }

    // Files below a directory that others than the owner may read.
    private static IEnumerable<string> Readable(string directory) =>
        OperatingSystem.IsWindows()
            ? []
            : Directory
                .EnumerateFiles(directory, "server.conf", SearchOption.AllDirectories)
                .Where(static file =>
                    !OperatingSystem.IsWindows() && File.GetUnixFileMode(file) != (UnixFileMode.UserRead | UnixFileMode.UserWrite)
                );

    // The key and the number of the server's segment, as its lock file has them.
    private static string[] SharedMemory(DataFolder data) =>
        File.ReadAllLines(Assert.Single(Directory.GetFiles(data.Path, "postmaster.pid", SearchOption.AllDirectories)))[6]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Exists(string[] memory) =>
        File.ReadLines("/proc/sysvipc/shm")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields => fields[0] == memory[0] && fields[1] == memory[1]);
}
