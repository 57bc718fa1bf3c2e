using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protocol;

namespace Aspire.Hosting.Dashboard;

/// <summary>Cuts a resource's log into messages of a size that gRPC carries.</summary>
internal static class ConsoleLogBatches
{
    // A gRPC message is at most 4 MiB, and a UTF-16 unit at most 3 bytes of UTF-8.
    public const int MaxCharacters = 1024 * 1024;

    public static async IAsyncEnumerable<WatchResourceConsoleLogsUpdate> FromAsync(
        IAsyncEnumerable<IReadOnlyList<LogLine>> log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var lines in log.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var batch in From(lines))
            {
                yield return batch;
            }
        }
    }

    private static IEnumerable<WatchResourceConsoleLogsUpdate> From(IReadOnlyList<LogLine> lines)
    {
        var batch = new WatchResourceConsoleLogsUpdate();
        var characters = 0;
        foreach (var line in lines)
        {
            var text = line.Content.Length > MaxCharacters ? line.Content[..MaxCharacters] : line.Content;
            if (characters + text.Length > MaxCharacters)
            {
                yield return batch;
                batch = new();
                characters = 0;
            }

            characters += text.Length;
            batch.LogLines.Add(new ConsoleLogLine { LineNumber = line.LineNumber, Text = text, IsStdErr = line.IsErrorMessage });
        }

        if (batch.LogLines.Count > 0)
        {
            yield return batch;
        }
    }
}
