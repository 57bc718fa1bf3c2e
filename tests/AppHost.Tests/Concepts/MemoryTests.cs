namespace AppHost.Tests.Concepts;

/// <summary>A replica that uses more memory than it may.</summary>
[Collection(UnderLoad.Name)]
public sealed class MemoryTests(SolutionUnderLoad running)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Solution Solution => running.Solution;

    [Fact]
    public async Task Leak_OverTheLimit_EndsThatProcessAloneAndSaysSo()
    {
        var before = Assert.Single(await Solution.UntilAsync("leaky", IsThere, Token));
        var neighbour = Assert.Single(await Solution.UntilAsync("neighbour", IsThere, Token));
        running.Leak(before);

        var leaked = Assert
            .Single(
                await Solution.UntilAsync(
                    "leaky",
                    s => IsThere(s) && SolutionUnderLoad.PidOf(s) != SolutionUnderLoad.PidOf(before.Snapshot),
                    Token
                )
            )
            .Snapshot;
        Assert.Matches(@"^used \d+ MiB of 64 MiB$", SolutionUnderLoad.Property(leaked, "Last end")?.ToString());
        Assert.Equal(1, SolutionUnderLoad.Property(leaked, "Restarts"));
        var other = Assert.Single(Solution.Instances("neighbour")).Snapshot;
        Assert.Equal(SolutionUnderLoad.PidOf(neighbour.Snapshot), SolutionUnderLoad.PidOf(other));
        Assert.Null(SolutionUnderLoad.Property(other, "Restarts"));
    }

    [Fact]
    public async Task Api_IsToldItsLimit()
    {
        var api = (await Solution.UntilHealthyAsync("api", Token))[0].Snapshot;
        Assert.Equal("20000000", api.EnvironmentVariables.Single(v => v.Name == "DOTNET_GCHeapHardLimit").Value);
        Assert.Equal("0", api.EnvironmentVariables.Single(v => v.Name == "DOTNET_gcServer").Value);
        await Solution.UntilAsync(
            "api",
            s => SolutionUnderLoad.Property(s, "Memory")?.ToString()?.EndsWith(" MiB of 512 MiB", StringComparison.Ordinal) == true,
            Token
        );
    }

    private static bool IsThere(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running && SolutionUnderLoad.PidOf(snapshot) > 0;
}
