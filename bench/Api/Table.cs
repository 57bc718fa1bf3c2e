using System.Globalization;

namespace AspireDeploy.Bench.Api;

/// <summary>The table that is printed.</summary>
internal static class Table
{
    /// <summary>Gets its first line.</summary>
    internal static string Head => $"{"",-44}{"median",10}{"min",10}{"max",10}";

    /// <summary>Returns one thing that was read several times.</summary>
    internal static string Row(string name, Readings readings, string format) => string.Create(CultureInfo.InvariantCulture,
        $"{name,-44}{readings.Median.ToString(format, CultureInfo.InvariantCulture),10}{readings.Least.ToString(format, CultureInfo.InvariantCulture),10}{readings.Most.ToString(format, CultureInfo.InvariantCulture),10}");
}
