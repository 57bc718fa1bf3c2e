using System.Globalization;

namespace AspireDeploy.Bench.Gateway;

/// <summary>
/// One run: three replicas, and every proxy before them, each asked in turn, so that what else the machine does meets all of them.
/// </summary>
internal sealed class Run(Place place, Settings settings, Wrk wrk) : IAsyncDisposable
{
    // By then the runtime has compiled what matters for the last time; no more turns than these, where the machine has much else to do.
    private const double Warm = 60_000;
    private const int WarmTurns = 8;

    private readonly List<Proxy> _replicas = [];
    private readonly List<Proxy> _others = [];
    private readonly Dictionary<string, Proxy[]> _dotnet = [];

    /// <summary>Gets the proxies that aren't installed.</summary>
    internal IReadOnlyList<string> Missing { get; } = [.. Contenders.Others.Where(name => Programs.Find(name) is null)];

    internal async Task StartAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var port = Place.FreePort();
            _replicas.Add(
                await Proxy.StartAsync(
                    "direct",
                    "dotnet",
                    [typeof(Run).Assembly.Location, "replica", port.ToString(CultureInfo.InvariantCulture)],
                    port
                )
            );
        }

        int[] ports = [.. _replicas.Select(replica => replica.Http)];
        _dotnet["http"] = [await Contenders.OursPlainAsync(ports), await Contenders.StockYarpAsync(place, ports, "http")];
        _dotnet["https"] = [await Contenders.OursAsync(place, ports), await Contenders.StockYarpAsync(place, ports, "https")];
        foreach (var name in Contenders.Others.Except(Missing))
            _others.Add(await Contenders.OtherAsync(name, Programs.Find(name)!, place, ports));
    }

    /// <summary>Asks everyone over one scheme.</summary>
    /// <returns>The medians over the rounds, by name.</returns>
    internal async Task<IReadOnlyDictionary<string, Reading>> MeasureAsync(string scheme)
    {
        Proxy[] asked = [.. scheme == "http" ? _replicas.Take(1) : [], .. _dotnet[scheme], .. _others];
        foreach (var proxy in asked)
            await WarmAsync(proxy, scheme);
        var readings = asked.ToDictionary(proxy => proxy.Name, _ => new List<Reading>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            foreach (var proxy in round % 2 == 0 ? asked : asked.Reverse())
            {
                var before = proxy.ProcessorTime;
                var turn = await wrk.AskAsync(proxy.Address(scheme));
                readings[proxy.Name]
                    .Add(new(turn.PerSecond, turn.Half, turn.Slow, (proxy.ProcessorTime - before).TotalMicroseconds / turn.Answers));
            }
        }

        return readings.ToDictionary(r => r.Key, r => Reading.Median(r.Value));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in (Proxy[])[.. _others, .. _dotnet.Values.SelectMany(both => both), .. _replicas])
            await proxy.DisposeAsync();
    }

    private async Task WarmAsync(Proxy proxy, string scheme)
    {
        var (answers, turns) = (0.0, 0);
        while (answers < Warm && turns++ < WarmTurns)
            answers += (await wrk.AskAsync(proxy.Address(scheme))).Answers;
    }
}
