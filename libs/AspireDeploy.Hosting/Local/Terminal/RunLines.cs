using System.Globalization;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Local.Terminal;

/// <summary>The run in plain lines: one for each change of a replica's state or health, for where there is no terminal.</summary>
internal sealed class RunLines(ReplicaRegistry registry, TextWriter output) : BackgroundService
{
    private readonly Dictionary<string, string> _said = [];

    /// <summary>Returns what is said of a replica: <c>api-abcdefgh: Running, Healthy</c>; null if nothing is.</summary>
    internal static string? Line(ReplicaFacts replica)
    {
        if (!replica.IsShown())
            return null;
        var state = replica.State!;
        var health = replica.Snapshot.HealthStatus is { } status ? $", {status}" : "";
        // The engine says -1 where the process left no code, as one that is killed.
        var code =
            !replica.HasEnded || replica.Snapshot.ExitCode is not { } exit ? ""
            : exit == -1 ? ", without an exit code"
            : string.Create(CultureInfo.InvariantCulture, $", exit code {exit}");
        // The countdown of a restart is said once, not every second.
        return $"{replica.Id}: "
            + $"{(state.IndexOf(", next try", StringComparison.Ordinal) is >= 0 and var end ? state[..end] : state)}{health}{code}";
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = registry.Changed;
            foreach (var replica in registry.All)
                await SayAsync(replica).ConfigureAwait(false);
            await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SayAsync(ReplicaFacts replica)
    {
        if (Line(replica) is not { } line || (_said.TryGetValue(replica.Id, out var before) && before == line))
            return;
        _said[replica.Id] = line;
        await output.WriteLineAsync(line).ConfigureAwait(false);
    }
}
