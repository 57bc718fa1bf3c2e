namespace Aspire.Hosting.Orchestration;

/// <summary>Says in one line why a container could not be started, from the many that DCP collects of the engine's client.</summary>
internal static class ContainerFailure
{
    // Docker's daemon, and Podman, begin their own words so.
    private static readonly string[] Beginnings = ["Error response from daemon:", "Error:"];

    /// <param name="image">The container's image.</param>
    /// <param name="message">What DCP says.</param>
    public static string Explain(string image, string message) => $"A container of image '{image}' could not be started: {Told(message)}";

    /// <summary>The engine's own words among what DCP says; all of that, in one line, where there are none.</summary>
    /// <param name="message">What DCP says.</param>
    public static string Told(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var own = lines.SelectMany(line => Beginnings.Select(beginning => (Line: line, At: line.IndexOf(beginning, StringComparison.Ordinal), beginning.Length)))
            .FirstOrDefault(found => found.At >= 0);
        return own.Line is null ? string.Join("; ", lines) : own.Line[(own.At + own.Length)..].Trim();
    }
}
