using System.Globalization;

namespace AspireDeploy.Bench.Gateway;

/// <summary>Describes what is printed.</summary>
internal static class Table
{
    /// <summary>Returns a table of those who were asked over one scheme, with their ratios to nginx, or to ours without it.</summary>
    internal static IEnumerable<string> Of(string scheme, IReadOnlyDictionary<string, Reading> found)
    {
        var reference = found.TryGetValue("nginx", out var nginx) ? nginx : found[Contenders.Ours];
        yield return "";
        yield return Line($"{scheme,-12}{"requests/s",12}{"ratio",8}{"p50 ms",10}{"ratio",8}{"p99 ms",10}{"ratio",8}{"cpu µs",10}{"ratio",8}");
        foreach (var (name, its) in found)
        {
            yield return Line($"{name,-12}{its.PerSecond,12:0}{its.PerSecond / reference.PerSecond,8:0.00}{its.Half,10:0.00}{its.Half / reference.Half,8:0.00}{its.Slow,10:0.00}{its.Slow / reference.Slow,8:0.00}{its.Cost,10:0.0}{its.Cost / reference.Cost,8:0.00}");
        }
    }

    /// <summary>Returns what was found over TLS, held against the goals; nothing without nginx.</summary>
    internal static IEnumerable<string> Goals(IReadOnlyDictionary<string, Reading> secure)
    {
        if (!secure.TryGetValue("nginx", out var nginx)) yield break;
        var (rate, slow) = (secure[Contenders.Ours].PerSecond / nginx.PerSecond, secure[Contenders.Ours].Slow / nginx.Slow);
        yield return "";
        yield return Line($"goal: as many requests a second over TLS as nginx   {rate:0.00} of 1.00   {(rate >= 1 ? "met" : "not met")}");
        yield return Line($"goal: a lower p99 over TLS than nginx               {slow:0.00} of 1.00   {(slow < 1 ? "met" : "not met")}");
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
