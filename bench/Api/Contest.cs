using System.Globalization;

namespace AspireDeploy.Bench.Api;

/// <summary>
/// A server of ours beside one that does only what can't be left out, in turns, so that what else the machine does meets both.
/// </summary>
internal sealed class Contest(Server ours, Server reference, double goal, Settings settings, int items)
{
    // By then the runtime has compiled what matters for the last time.
    private const long Warm = 30_000;

    private readonly Readings _ours = new(),
        _reference = new(),
        _ratio = new();
    private readonly Readings _oursCost = new(),
        _referenceCost = new(),
        _costRatio = new();

    /// <summary>Runs all rounds, after both servers have answered enough that isn't counted.</summary>
    internal async Task RunAsync()
    {
        await WarmAsync(ours);
        await WarmAsync(reference);
        for (var round = 0; round < settings.Rounds; round++)
        {
            // Neither always follows the other.
            var (first, second) = round % 2 == 0 ? (ours, reference) : (reference, ours);
            var (one, other) = (await AskAsync(first), await AskAsync(second));
            var (our, their) = round % 2 == 0 ? (one, other) : (other, one);
            _ours.Add(our.PerSecond);
            _reference.Add(their.PerSecond);
            _ratio.Add(our.PerSecond / their.PerSecond);
            _oursCost.Add(our.Microseconds);
            _referenceCost.Add(their.Microseconds);
            _costRatio.Add(their.Microseconds / our.Microseconds);
        }
    }

    /// <summary>Returns what came out, as rows of the table.</summary>
    internal IEnumerable<string> Rows()
    {
        yield return Table.Row($"{ours.Name}, requests/s", _ours, "0");
        yield return Table.Row($"{reference.Name}, requests/s", _reference, "0");
        yield return Table.Row(
            string.Create(CultureInfo.InvariantCulture, $"  ratio (goal {goal:0.0}: {(_ratio.Median >= goal ? "met" : "not met")})"),
            _ratio,
            "0.00"
        );
        yield return Table.Row($"{ours.Name}, processor µs/request", _oursCost, "0.0");
        yield return Table.Row($"{reference.Name}, processor µs/request", _referenceCost, "0.0");
        yield return Table.Row("  ratio (reference : ours)", _costRatio, "0.00");
    }

    private async Task WarmAsync(Server server)
    {
        var answers = 0L;
        while (answers < Warm)
            answers += (await LoadAsync(server)).Answers;
    }

    private async Task<(double PerSecond, double Microseconds)> AskAsync(Server server)
    {
        var before = server.ProcessorTime;
        var (answers, elapsed) = await LoadAsync(server);
        return (answers / elapsed.TotalSeconds, (server.ProcessorTime - before).TotalMicroseconds / answers);
    }

    private Task<(long Answers, TimeSpan Elapsed)> LoadAsync(Server server) =>
        LoadGenerator.RunAsync(server.Running.Address!, server.Path, items, settings.Connections, TimeSpan.FromSeconds(settings.Seconds));
}
