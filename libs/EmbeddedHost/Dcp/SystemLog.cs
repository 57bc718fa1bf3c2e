using System.Text.Json;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// What DCP itself says of an object, in the log <c>system</c>: the only place that tells why a process could not be started. A line is
/// <c>time⇥level⇥category⇥message⇥{"error": "…"}</c>.
/// </summary>
internal static class SystemLog
{
    public const string Source = "system";

    /// <summary>Why an executable is in the state <see cref="ExecutableStates.FailedToStart" />, in the operating system's words; null if the log doesn't say.</summary>
    public static async Task<string?> WhyNotStartedAsync(DcpClient client, string name, CancellationToken cancellationToken)
    {
        await foreach (var (_, line) in client.ReadLogAsync<Executable>(name, Source, follow: false, cancellationToken).ConfigureAwait(false))
        {
            if (Error(line) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>The error that a line of level <c>error</c> names, such as <c>fork/exec /x: no such file or directory</c>; null for any other line.</summary>
    public static string? Error(string line)
    {
        if (line.Split('\t') is not [_, "error", _, .., ['{', ..] details])
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(details);
            return document.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? error.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
