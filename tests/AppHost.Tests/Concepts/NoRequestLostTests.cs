using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AppHost.Tests.Concepts;

/// <summary>Describes what happens to replicas costs their clients nothing.</summary>
[Collection(UnderLoad.Name)]
public sealed class NoRequestLostTests(SolutionUnderLoad running)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Solution Solution => running.Solution;

    [Fact]
    public async Task Replica_Killed_IsStartedAgain()
    {
        var victim = Solution.Instances("api")[0];
        await running.NothingIsLostAsync(async () =>
        {
            SolutionUnderLoad.Kill(victim);
            await UntilRestartedAsync(victim);
        });
        Assert.Equal("ended without an exit code", SolutionUnderLoad.Property(Latest(victim).Snapshot, "Last end"));
    }

    [Fact]
    public Task Replicas_KilledOneAfterAnother_AreStartedAgain() =>
        running.NothingIsLostAsync(async () =>
        {
            using var turns = new PeriodicTimer(TimeSpan.FromSeconds(3));
            for (var turn = 0; turn < 10; turn++)
            {
                var victim = Solution.Instances("api")[turn % 3];
                // The cadence waits only where the machine is so busy that a start takes longer than the others' turns: what no replica is
                // there for, none can answer.
                await running.UntilAnotherServesAsync(victim);
                if (Latest(victim) is { Snapshot.State.Text: "Running" } now)
                    SolutionUnderLoad.Kill(now);
                await turns.WaitForNextTickAsync(Token);
            }
        });

    [Fact]
    public async Task RollingRestart_OneAtATime_ReplacesAll()
    {
        var before = Pids();
        await running.NothingIsLostAsync(() => Solution.CommandAsync("api", "rolling-restart", Token));
        Assert.Empty(before.Intersect(Pids()));
        Assert.Equal(3, Pids().Count);
    }

    [Fact]
    public Task Scale_ThreeToSixToTwo_AndBack() =>
        running.NothingIsLostAsync(async () =>
        {
            await ScaleAsync(6);
            await ScaleAsync(2);
            await ScaleAsync(3);
        });

    [Fact]
    public Task Redis_KilledAndBack_IsDoneWithout() =>
        running.NothingIsLostAsync(async () =>
        {
            SolutionUnderLoad.Kill(Assert.Single(Solution.Instances("cache")));
            await Solution.UntilAsync("cache", s => s.State?.Text is "Exited" or "Finished", Token);
            await Solution.CommandAsync("cache", KnownResourceCommands.StartCommand, Token);
            await Solution.UntilHealthyAsync("cache", Token);
        });

    private async Task ScaleAsync(int replicas)
    {
        await Solution.CommandAsync(
            "api",
            "scale",
            Token,
            new InteractionInput
            {
                Name = "replicas",
                InputType = InputType.Number,
                Value = $"{replicas}",
            }
        );
        var healthy = await Solution.UntilHealthyAsync("api", Token);
        Assert.Equal(replicas, healthy.Count);
    }

    private Task UntilRestartedAsync(ResourceEvent victim) =>
        Solution.History.UntilAsync(
            () =>
                Latest(victim) is { Snapshot.HealthStatus: HealthStatus.Healthy } now
                && SolutionUnderLoad.PidOf(now.Snapshot) != SolutionUnderLoad.PidOf(victim.Snapshot),
            Token
        );

    private ResourceEvent Latest(ResourceEvent instance) => Solution.Instances("api").Single(e => e.ResourceId == instance.ResourceId);

    private List<int?> Pids() => [.. Solution.Instances("api").Select(e => SolutionUnderLoad.PidOf(e.Snapshot))];
}
