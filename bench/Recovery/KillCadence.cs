using AspireDeploy.Workload;

namespace AspireDeploy.Bench.Recovery;

/// <summary>Replicas are killed in turn, one every 3 s, whether the others are back or not, while clients ask at a rate.</summary>
/// <param name="Sent">How many requests were sent.</param>
/// <param name="Failures">Those that failed, and how.</param>
/// <param name="Kills">How many replicas were killed.</param>
internal sealed record KillCadence(long Sent, IReadOnlyList<string> Failures, int Kills)
{
    private const int Turns = 10;
    private static readonly TimeSpan Cadence = TimeSpan.FromSeconds(3);

    internal static async Task<KillCadence> MeasureAsync(Solution solution, CancellationToken cancellationToken)
    {
        await solution.UntilAsync("api", Solution.IsHealthy, cancellationToken);
        await using var load = await SteadyLoad.StartAsync(solution.Gateway, cancellationToken);
        await load.UntilAnsweredAsync(SteadyLoad.PerSecond, cancellationToken);
        using var turns = new PeriodicTimer(Cadence);
        var kills = 0;
        for (var turn = 0; turn < Turns; turn++)
        {
            if (solution.Instances("api")[turn % 3] is { Snapshot.State.Text: "Running" } victim)
            {
                Solution.Kill(victim);
                kills++;
            }

            await turns.WaitForNextTickAsync(cancellationToken);
        }

        return new(await load.FinishAsync(cancellationToken), load.Failures, kills);
    }
}
