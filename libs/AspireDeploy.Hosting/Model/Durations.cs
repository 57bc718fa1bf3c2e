using System.Globalization;

namespace AspireDeploy.Model;

/// <summary>Durations as Go programs (Docker, Nomad, Caddy) read them.</summary>
internal static class Durations
{
    /// <summary><c>1h30m</c>, <c>10s</c>, <c>250ms</c>; exact to the millisecond, <c>0s</c> for none.</summary>
    public static string Print(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
            return "0s";
        var invariant = CultureInfo.InvariantCulture;
        var hours = (long)duration.TotalHours;
        return (hours > 0 ? string.Create(invariant, $"{hours}h") : "")
            + (duration.Minutes > 0 ? string.Create(invariant, $"{duration.Minutes}m") : "")
            + (duration.Seconds > 0 ? string.Create(invariant, $"{duration.Seconds}s") : "")
            + (duration.Milliseconds > 0 ? string.Create(invariant, $"{duration.Milliseconds}ms") : "");
    }

    /// <summary>
    /// Whole seconds, rounded up: what an engine that counts in seconds must be given so that nobody gets less than declared.
    /// </summary>
    public static int SecondsRoundedUp(TimeSpan duration) => (int)Math.Ceiling(duration.TotalSeconds);
}
