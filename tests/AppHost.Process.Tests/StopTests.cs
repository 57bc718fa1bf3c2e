namespace AppHost.Process.Tests;

public class StopTests
{
    [Theory]
    [InlineData("SIGINT")]
    [InlineData("SIGTERM")]
    public async Task Signal_Once_StopsInOrder(string signal)
    {
        await using var run = AppHostRun.StartSmall("whole");
        await UntilUpAsync(run);

        Send(run, signal);
        var code = await run.EndAsync();

        Assert.Equal(0, code);
        Assert.Empty(run.Errors);
        Assert.Contains(run.Output, line => line.Trim() == "Stopping api, then postgres and cache. Ctrl+C again stops at once.");
        Assert.Matches("^Stopped after", run.Output[^1].Trim());
        await run.UntilNothingIsLeftAsync();
        Assert.Empty(run.TemporaryDirectories);
    }

    [Theory]
    [InlineData("SIGINT", 130)]
    [InlineData("SIGTERM", 143)]
    public async Task Signal_Twice_StopsAtOnce(string signal, int code)
    {
        await using var run = AppHostRun.StartSmall("stubborn");
        await run.UntilRunsAsync("sleep", 1);

        Send(run, signal);
        await run.UntilSaysAsync("Ctrl+C again stops at once.");
        Send(run, signal);

        Assert.Equal(code, await run.EndAsync());
        await run.UntilNothingIsLeftAsync();
        Assert.Empty(run.TemporaryDirectories);
    }

    [Theory]
    [InlineData("dcp", 2)]
    [InlineData("postgres", 1)]
    public async Task Signal_WhileStarting_StopsWhatHasStarted(string program, int count)
    {
        await using var run = AppHostRun.StartSmall("whole");
        await run.UntilRunsAsync(program, count);

        run.Interrupt();

        Assert.Equal(0, await run.EndAsync());
        Assert.Empty(run.Errors);
        Assert.DoesNotContain(run.Output, line =>
            line.Contains("fail:", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal)
        );
        Assert.Contains(run.Output, line => line.EndsWith("Ctrl+C again stops at once.", StringComparison.Ordinal));
        await run.UntilNothingIsLeftAsync();
        Assert.Empty(run.TemporaryDirectories);
    }

    private static async Task UntilUpAsync(AppHostRun run)
    {
        await run.UntilRunsAsync("postgres", 1);
        await run.UntilRunsAsync("SmallAppHosts", 1);
    }

    private static void Send(AppHostRun run, string signal)
    {
        if (signal == "SIGINT")
        {
            run.Interrupt();
        }
        else
        {
            run.Terminate();
        }
    }
}
