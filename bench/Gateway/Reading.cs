namespace AspireDeploy.Bench.Gateway;

/// <summary>Describes how one proxy did.</summary>
/// <param name="PerSecond">Requests answered a second.</param>
/// <param name="Half">The median time of an answer, in milliseconds.</param>
/// <param name="Slow">The time that 99 of 100 answers took at most, in milliseconds.</param>
/// <param name="Cost">The proxy's processor time for a request, in microseconds.</param>
internal readonly record struct Reading(double PerSecond, double Half, double Slow, double Cost)
{
    /// <summary>Returns the medians of several, each of its own.</summary>
    internal static Reading Median(IReadOnlyList<Reading> readings) =>
        new(
            Median(readings, r => r.PerSecond),
            Median(readings, r => r.Half),
            Median(readings, r => r.Slow),
            Median(readings, r => r.Cost)
        );

    private static double Median(IReadOnlyList<Reading> readings, Func<Reading, double> value) =>
        readings.Select(value).Order().ElementAt(readings.Count / 2);
}
