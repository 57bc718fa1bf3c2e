using System.Globalization;

namespace AspireDeploy.Bench.Gateway;

/// <summary>One run: three replicas, and every proxy before them, each asked in turn, so that what else the machine does meets all of them.</summary>
internal sealed class Run(Place place, Settings settings, Wrk wrk) : IAsyncDisposable
{
    private const string Direct = "direct";

    private readonly List<Proxy> _replicas = [];
    private readonly List<Proxy> _others = [];
    private Proxy? _plain, _secure;

    /// <summary>The proxies that aren't installed.</summary>
    internal IReadOnlyList<string> Missing { get; } = [.. Contenders.Others.Where(name => Programs.Find(name) is null)];

    internal async Task StartAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var port = Place.FreePort();
            _replicas.Add(await Proxy.StartAsync(Direct, "dotnet", [typeof(Run).Assembly.Location, "replica", port.ToString(CultureInfo.InvariantCulture)], port));
        }

        int[] ports = [.. _replicas.Select(replica => replica.Http)];
        _plain = await Contenders.OursPlainAsync(ports);
        _secure = await Contenders.OursAsync(place, ports);
        foreach (var name in Contenders.Others.Except(Missing)) _others.Add(await Contenders.OtherAsync(name, Programs.Find(name)!, place, ports));
    }

    /// <summary>Asks everyone over one scheme, and makes the table of what was found: medians over the rounds, and their ratios to nginx, or to ours without it.</summary>
    internal async Task<IReadOnlyList<string>> MeasureAsync(string scheme)
    {
        Proxy[] asked = scheme == "http" ? [_replicas[0], _plain!, .. _others] : [_secure!, .. _others];
        var readings = asked.ToDictionary(proxy => proxy.Name, _ => new List<Reading>());
        // What is compiled while it runs is compiled by then.
        foreach (var proxy in asked) await wrk.AskAsync(proxy.Address(scheme));
        for (var round = 0; round < settings.Rounds; round++)
        {
            foreach (var proxy in round % 2 == 0 ? asked : asked.Reverse()) readings[proxy.Name].Add(await wrk.AskAsync(proxy.Address(scheme)));
        }

        var found = readings.ToDictionary(r => r.Key, r => new Reading(Median(r.Value, x => x.PerSecond), Median(r.Value, x => x.Median), Median(r.Value, x => x.Slow)));
        var reference = found.TryGetValue("nginx", out var nginx) ? nginx : found[Contenders.Ours];
        return
        [
            "",
            string.Create(CultureInfo.InvariantCulture, $"{scheme,-10}{"requests/s",12}{"ratio",8}{"p50 ms",10}{"ratio",8}{"p99 ms",10}{"ratio",8}"),
            .. found.Select(f => string.Create(CultureInfo.InvariantCulture,
                $"{f.Key,-10}{f.Value.PerSecond,12:0}{f.Value.PerSecond / reference.PerSecond,8:0.00}{f.Value.Median,10:0.00}{f.Value.Median / reference.Median,8:0.00}{f.Value.Slow,10:0.00}{f.Value.Slow / reference.Slow,8:0.00}")),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in (Proxy?[])[.. _others, _secure, _plain, .. _replicas])
        {
            if (proxy is not null) await proxy.DisposeAsync();
        }
    }

    private static double Median(List<Reading> readings, Func<Reading, double> value) => readings.Select(value).Order().ElementAt(readings.Count / 2);
}
