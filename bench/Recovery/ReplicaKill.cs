using System.Diagnostics;
using System.Globalization;

namespace AspireDeploy.Bench.Recovery;

/// <summary>One replica is killed: how long until it serves again through the gateway, and how much of that is its own start.</summary>
/// <param name="Whole">From its death to its first answer through the gateway.</param>
/// <param name="Start">From the start of its new process to that process's first answer to the same request, asked of it directly: much of
/// a first answer is .NET compiling.</param>
/// <param name="Told">When its death was told.</param>
internal sealed record ReplicaKill(TimeSpan Whole, TimeSpan Start, EndTold Told)
{
    private const string Asked = "/items?limit=1";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    internal static async Task<ReplicaKill> MeasureAsync(Solution solution, int which, CancellationToken cancellationToken)
    {
        await solution.UntilAsync("api", Solution.IsHealthy, cancellationToken);
        var victim = solution.Instances("api")[which];
        using var direct = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var end = await EndWatch.BeginAsync(solution, victim, cancellationToken);
        var killed = Stopwatch.GetTimestamp();
        var killedAt = DateTime.UtcNow;
        Solution.Kill(victim);

        var serves = UntilItAnswersAsync(solution, victim.ResourceId, cancellationToken);
        // Its new run listens on a port of its own.
        ResourceEvent again;
        while (
            (again = Latest(solution, victim)) is var now
            && (Solution.PidOf(now) == Solution.PidOf(victim) || !await AnswersAsync(direct, now, cancellationToken))
        )
            await Task.Delay(Pause, cancellationToken);
        var answers = Stopwatch.GetElapsedTime(killed);
        await serves;
        var whole = Stopwatch.GetElapsedTime(killed);

        using var process = Process.GetProcessById(Solution.PidOf(again));
        return new(whole, answers - (process.StartTime.ToUniversalTime() - killedAt), await end.SinceAsync(killed));
    }

    private static async Task UntilItAnswersAsync(Solution solution, string replica, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answer = await solution.GetAsync(Asked, cancellationToken);
            if (answer.Headers.TryGetValues("X-Replica", out var by) && by.Contains(replica))
                return;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient direct, ResourceEvent replica, CancellationToken cancellationToken)
    {
        // Until the process is there, the variable has a place for the port.
        if (
            !int.TryParse(
                replica.Snapshot.EnvironmentVariables.FirstOrDefault(variable => variable.Name == "GATEWAY_TARGET_HTTP")?.Value,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var port
            )
        )
            return false;
        try
        {
            using var answer = await direct.GetAsync($"http://127.0.0.1:{port}{Asked}", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static ResourceEvent Latest(Solution solution, ResourceEvent replica) =>
        solution.Instances("api").Single(instance => instance.ResourceId == replica.ResourceId);
}
