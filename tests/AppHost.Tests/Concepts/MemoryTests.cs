namespace AppHost.Tests.Concepts;

/// <summary>A replica that uses more memory than it may.</summary>
[Collection(UnderLoad.Name)]
public sealed class MemoryTests(SolutionUnderLoad running)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Solution Solution => running.Solution;

    [Fact]
    public async Task Leak_OverTheLimit_EndsThatReplicaAloneAndSaysSo()
    {
        var before = await Solution.UntilAsync("leaky", s => s.State?.Text == KnownResourceStates.Running && SolutionUnderLoad.PidOf(s) > 0, Token);
        running.Leak(before[0]);

        await Solution.UntilAsync("leaky", s => s.State?.Text == KnownResourceStates.Running && (SolutionUnderLoad.PidOf(s) != SolutionUnderLoad.PidOf(before[0].Snapshot)), Token);
        var leaked = Solution.Instances("leaky").Single(e => e.ResourceId == before[0].ResourceId).Snapshot;
        var other = Solution.Instances("leaky").Single(e => e.ResourceId == before[1].ResourceId).Snapshot;
        Assert.Matches(@"^used \d+ MiB of 64 MiB$", SolutionUnderLoad.Property(leaked, "Last end")?.ToString());
        Assert.Equal(1, SolutionUnderLoad.Property(leaked, "Restarts"));
        Assert.Equal(SolutionUnderLoad.PidOf(before[1].Snapshot), SolutionUnderLoad.PidOf(other));
        Assert.Null(SolutionUnderLoad.Property(other, "Restarts"));
    }

    [Fact]
    public async Task Api_IsToldItsLimit()
    {
        var api = (await Solution.UntilHealthyAsync("api", Token))[0].Snapshot;
        Assert.Equal("20000000", api.EnvironmentVariables.Single(v => v.Name == "DOTNET_GCHeapHardLimit").Value);
        Assert.Equal("0", api.EnvironmentVariables.Single(v => v.Name == "DOTNET_gcServer").Value);
        await Solution.UntilAsync("api", s => SolutionUnderLoad.Property(s, "Memory")?.ToString()?.EndsWith(" MiB of 512 MiB", StringComparison.Ordinal) == true, Token);
    }
}
