using AspireDeploy.Engines;
using AspireDeploy.Workload;

namespace Cli.Tests;

public sealed class RunTests(RestoredTool tool)
{
    private const string CtrlC = "\x03";

    /// <summary>The screen is the command's: the AppHost's own table would tear it.</summary>
    [Fact]
    public async Task Run_InATerminal_ShowsTheDashboardAndEndsWithCtrlC()
    {
        Assert.SkipUnless(TerminalProcess.IsThere, "The terminal is util-linux's 'script'.");
        await SolutionTools.RequireAsync(TestContext.Current.CancellationToken);
        await using var home = new AspireHome(tool);
        await using var terminal = TerminalProcess.Start("dotnet aspire run --isolated --no-build", AspireHome.Solution, home.Variables);
        await terminal.UntilShownAsync("/login?t=", TestContext.Current.CancellationToken);
        await home.UntilHealthyAsync("api");

        await terminal.TypeAsync(CtrlC);
        var code = await terminal.EndAsync(TestContext.Current.CancellationToken);

        Assert.True(code == 0, $"It ended with {code}:{Environment.NewLine}{terminal.Screen}");
        Assert.Contains("Dashboard", terminal.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("Restarts", terminal.Screen, StringComparison.Ordinal);
        // The command gives the AppHost no time to remove data that goes with the run: what watches over it does.
        await home.UntilNothingIsLeftAsync();
        Assert.Empty(home.Data);
    }
}
