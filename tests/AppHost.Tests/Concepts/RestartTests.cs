namespace AppHost.Tests.Concepts;

/// <summary>Programs that end by themselves, and by a person's hand.</summary>
[Collection(UnderLoad.Name)]
public sealed class RestartTests(SolutionUnderLoad running)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Solution Solution => running.Solution;

    [Fact]
    public async Task Crasher_WithABound_IsShownAsACrashLoopAndGivenUp()
    {
        await Solution.UntilAsync(
            "crasher",
            s => Equals(SolutionUnderLoad.Property(s, "Restarts"), 3) && s.State?.Text is "Exited" or "Finished",
            Token
        );
        var states = Assert.Single(Solution.History.States("crasher"));
        Assert.Contains(states, state => state.StartsWith("Restarting, next try in ", StringComparison.Ordinal));
        Assert.Contains(states, state => state.StartsWith("Crash loop, next try in ", StringComparison.Ordinal));
        var snapshot = Assert.Single(Solution.Instances("crasher")).Snapshot;
        Assert.Equal(7, SolutionUnderLoad.Property(snapshot, "Last exit code"));
        Assert.Equal("ended with 7", SolutionUnderLoad.Property(snapshot, "Last end"));
    }

    [Fact]
    public async Task Done_WithoutAFailure_IsLeftAlone()
    {
        var ended = Assert.Single(await Solution.UntilAsync("done", KnownResourceStates.Finished, Token));
        Assert.Null(SolutionUnderLoad.Property(ended.Snapshot, "Restarts"));
    }

    [Fact]
    public async Task Sleeper_StoppedByAPerson_StaysStopped_KilledComesBack()
    {
        var sleeper = Assert.Single(await Solution.UntilAsync("sleeper", KnownResourceStates.Running, Token));
        await Solution.CommandAsync("sleeper", KnownResourceCommands.StopCommand, Token);
        Assert.DoesNotContain(Assert.Single(Solution.History.States("sleeper")), state =>
            state.Contains("next try", StringComparison.Ordinal)
        );
        await Solution.CommandAsync("sleeper", KnownResourceCommands.StartCommand, Token);
        var again = Assert.Single(
            await Solution.UntilAsync(
                "sleeper",
                s =>
                    s.State?.Text == KnownResourceStates.Running && SolutionUnderLoad.PidOf(s) != SolutionUnderLoad.PidOf(sleeper.Snapshot),
                Token
            )
        );
        Assert.Null(SolutionUnderLoad.Property(again.Snapshot, "Restarts"));

        SolutionUnderLoad.Kill(again);
        await Solution.UntilAsync(
            "sleeper",
            s => s.State?.Text == KnownResourceStates.Running && Equals(SolutionUnderLoad.Property(s, "Restarts"), 1),
            Token
        );
    }
}
