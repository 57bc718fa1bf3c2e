using System.Diagnostics;
using AspireDeploy.Workload;

namespace AspireDeploy.Bench.Recovery;

/// <summary>
/// A program that ends as soon as it is started, for ever: what a core spends on it, beyond what the solution takes at rest.
/// </summary>
/// <param name="Begins">The share of a core in the first seconds, while the waits still grow.</param>
/// <param name="Goes">The share of a core once they have grown.</param>
internal sealed record CrashLoop(double Begins, double Goes)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    internal static async Task<CrashLoop> MeasureAsync(
        Solution solution,
        MarkedProcesses marked,
        TimeSpan stretch,
        CancellationToken cancellationToken
    )
    {
        await solution.UntilAsync("api", Solution.IsHealthy, cancellationToken);
        await Task.Delay(Settling, cancellationToken);
        var rest = await ShareAsync(marked, stretch, cancellationToken);
        await solution.CommandAsync(Solution.Crasher, KnownResourceCommands.StartCommand, cancellationToken);
        var begins = await ShareAsync(marked, stretch, cancellationToken);
        var goes = await ShareAsync(marked, stretch, cancellationToken);
        await solution.CommandAsync(Solution.Crasher, KnownResourceCommands.StopCommand, cancellationToken);
        return new(begins - rest, goes - rest);
    }

    /// <summary>
    /// Returns the processor time of a stretch, as a share of one core: of this process, which is the AppHost, and of DCP, whose time has
    /// that of the ended programs in it. The other programs only add noise.
    /// </summary>
    private static async Task<double> ShareAsync(MarkedProcesses marked, TimeSpan stretch, CancellationToken cancellationToken)
    {
        var (before, began) = (CpuTime(marked), Stopwatch.GetTimestamp());
        await Task.Delay(stretch, cancellationToken);
        return (CpuTime(marked) - before) / Stopwatch.GetElapsedTime(began);
    }

    private static TimeSpan CpuTime(MarkedProcesses marked) =>
        marked
            .Living()
            .Where(process => process.Program == "dcp")
            .Aggregate(Environment.CpuUsage.TotalTime, (sum, process) => sum + process.CpuTime);
}
