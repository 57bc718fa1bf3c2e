namespace AppHost.Process.Tests;

public class SecondRunTests
{
    [Fact]
    public async Task SameCopy_SecondRun_IsToldOfTheFirst()
    {
        using var data = new AppHostData();
        await using var first = AppHostRun.StartSmall("well-formed", data: data);
        await first.UntilSaysAsync("Now listening on: ");
        var dashboard = first.Output.First(line => line.Contains("Now listening on: ", StringComparison.Ordinal)).Split(": ")[1];

        await using var second = AppHostRun.StartSmall("well-formed", data: data);

        Assert.Equal(1, await second.EndAsync());
        Assert.Matches(
            $@"^error: SmallAppHosts in .+ is already running \(process {first.Id}, dashboard at {dashboard}\)\. Stop that run first, or start this one beside it with '--isolated'\.$",
            Assert.Single(second.Errors)
        );
        Assert.Equal(3, first.Count("SmallAppHosts"));
    }

    [Fact]
    public async Task SameCopy_Isolated_RunsBesideTheFirst()
    {
        using var data = new AppHostData();
        await using var first = AppHostRun.StartSmall("whole", data: data);
        await first.UntilRunsAsync("SmallAppHosts", 1);

        await using var second = AppHostRun.StartSmall("whole", data: data, arguments: "--isolated");
        await second.UntilRunsAsync("SmallAppHosts", 1);
        second.Terminate();

        Assert.Equal(0, await second.EndAsync());
        Assert.Equal(1, first.Count("SmallAppHosts"));
        // That of the first run's cache.
        Assert.Single(Directory.GetDirectories(Path.Combine(data.Path, "throw-away")));
    }

    [Fact]
    public async Task SameCopy_FirstHasDied_SecondRuns()
    {
        using var data = new AppHostData();
        await using var first = AppHostRun.StartSmall("well-formed", data: data);
        await first.UntilRunsAsync("SmallAppHosts", 3);
        first.Kill();

        await using var second = AppHostRun.StartSmall("well-formed", data: data);

        await second.UntilRunsAsync("SmallAppHosts", 3);
        Assert.Empty(second.Errors);
    }
}
