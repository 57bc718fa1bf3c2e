using System.Diagnostics;
using System.Net;

namespace AspireDeploy.Bench.Recovery;

/// <summary>PostgreSQL is killed while clients ask, and started again.</summary>
/// <param name="Told">When its death was told.</param>
/// <param name="Slowest">The longest that any answer took, from the kill to the recovery.</param>
/// <param name="Refused">How many were told to come back: 503 with <c>Retry-After</c>.</param>
/// <param name="Wrong">How many were answered anything else than success or that.</param>
/// <param name="Recovery">From the first connection that PostgreSQL takes again to the first success from the API.</param>
internal sealed record DatabaseKill(EndTold Told, TimeSpan Slowest, int Refused, int Wrong, TimeSpan Recovery)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);

    internal static async Task<DatabaseKill> MeasureAsync(Solution solution, CancellationToken cancellationToken)
    {
        await solution.UntilAsync("api", Solution.IsHealthy, cancellationToken);
        using var outage = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => AskAsync(solution, outage.Token, cancellationToken)).ToList();
        var server = solution.Instances("postgres")[0];
        var end = await EndWatch.BeginAsync(solution, server, cancellationToken);
        var killed = Stopwatch.GetTimestamp();
        Solution.Kill(server);
        var told = await end.SinceAsync(killed);
        await Task.Delay(Outage, cancellationToken);
        await solution.UntilAsync("postgres", instance => instance.Snapshot.State?.Text is "Exited" or "Finished", cancellationToken);
        await solution.CommandAsync("postgres", KnownResourceCommands.StartCommand, cancellationToken);
        await solution.UntilAsync("postgres", Solution.IsHealthy, cancellationToken);
        var back = Stopwatch.GetTimestamp();
        await outage.CancelAsync();
        while (!clients.TrueForAll(client => client.IsCompleted))
            await Task.Delay(Pause, cancellationToken);
        var recovery = Stopwatch.GetElapsedTime(back);

        var answers = (await Task.WhenAll(clients)).SelectMany(answer => answer).ToList();
        return new(
            told,
            answers.Max(answer => answer.Took),
            answers.Count(answer => answer.IsRefusal),
            answers.Count(answer => answer.IsWrong),
            recovery
        );
    }

    /// <summary>Asks until the outage is over and twenty answers in a row are good.</summary>
    private static async Task<List<Answer>> AskAsync(Solution solution, CancellationToken outage, CancellationToken cancellationToken)
    {
        var answers = new List<Answer>();
        var goodInARow = 0;
        while (!outage.IsCancellationRequested || goodInARow < 20)
        {
            var began = Stopwatch.GetTimestamp();
            using var response = await solution.GetAsync("/items?limit=1", cancellationToken);
            await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var isRefusal = response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null;
            answers.Add(new(Stopwatch.GetElapsedTime(began), isRefusal, !isRefusal && !response.IsSuccessStatusCode));
            goodInARow = response.IsSuccessStatusCode ? goodInARow + 1 : 0;
            await Task.Delay(Pause, cancellationToken);
        }

        return answers;
    }

    private readonly record struct Answer(TimeSpan Took, bool IsRefusal, bool IsWrong);
}
