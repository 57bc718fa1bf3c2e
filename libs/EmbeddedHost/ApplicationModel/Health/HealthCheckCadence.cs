namespace Aspire.Hosting.ApplicationModel;

/// <summary>How long to wait before a resource is checked again.</summary>
internal static class HealthCheckCadence
{
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>
    /// While it isn't healthy, a tenth of the time since it was last known to be, or since it began to run: a start is noticed at most a tenth later than it could be,
    /// and what stays unhealthy is left in peace.
    /// </summary>
    public static TimeSpan Next(bool isHealthy, TimeSpan unhealthyFor)
        => isHealthy ? WhileHealthy : TimeSpan.FromTicks(Math.Clamp(unhealthyFor.Ticks / 10, Shortest.Ticks, Longest.Ticks));
}
