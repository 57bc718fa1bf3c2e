using AspireDeploy.Engines;

namespace Cli.Tests;

public sealed class StopTests(RestoredTool tool)
{
    [Fact]
    public async Task StartThenStop_LeavesNothing()
    {
        await SolutionTools.RequireAsync(TestContext.Current.CancellationToken);
        await using var home = new AspireHome(tool);
        await home.SucceedAsync("start", "--isolated", "--no-build");
        await home.UntilHealthyAsync("api");

        await home.SucceedAsync("stop");

        await home.UntilNothingIsLeftAsync();
        Assert.Empty(home.Data);
        // NuGet's own, by which the command looks for newer versions.
        Assert.DoesNotContain(home.TemporaryDirectories, directory => !directory.StartsWith("NuGetScratch", StringComparison.Ordinal));
        Assert.Empty((await home.SucceedAsync("ps", "--format", "json")).Json.AsArray());
    }
}
