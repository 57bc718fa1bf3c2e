namespace Aspire.Hosting.Orchestration;

/// <summary>Says in one line why a container could not be started, from the many that DCP collects of the engine's client.</summary>
internal static class ContainerFailure
{
    // Docker's daemon, and Podman, begin their own words so.
    private static readonly string[] Beginnings = ["Error response from daemon:", "Error:"];

    /// <param name="image">The container's image.</param>
    /// <param name="message">What DCP says.</param>
    public static string Explain(string image, string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines)
        {
            foreach (var beginning in Beginnings)
            {
                var at = line.IndexOf(beginning, StringComparison.Ordinal);
                if (at >= 0)
                {
                    return $"A container of image '{image}' could not be started: {line[(at + beginning.Length)..].Trim()}";
                }
            }
        }

        return $"A container of image '{image}' could not be started: {string.Join("; ", lines)}";
    }
}
