using System.Globalization;
using System.Text;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>Runs a statement on a cluster that no server has open: <c>postgres --single</c>, which listens to its standard input alone.</summary>
internal sealed class PostgresSingleUser(PostgresInstallation installation, string dataDirectory)
{
    /// <summary>Runs one statement, which must fit in a line.</summary>
    /// <returns>Null when it went well, else the server's complaint, which does not repeat the statement.</returns>
    public async Task<string?> RunAsync(string statement, CancellationToken cancellationToken)
    {
        var command = installation.Command(
            "postgres",
            ["--single", "-D", dataDirectory, "-c", "log_min_error_statement=panic", "-c", "log_checkpoints=off", "-c", "shared_buffers=2MB", "-c", "exit_on_error=on", .. PostgresSharedMemory.Settings, "postgres"],
            dataDirectory);
        var outcome = await OneShot.RunAsync(command, statement + "\n", cancellationToken);
        return outcome.ExitCode == 0 ? null : outcome.Complaint;
    }

    /// <summary>A name as SQL writes it.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as SQL writes it, whatever it holds, in one line of ASCII.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("E'");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value))
                literal.Append((char)rune.Value);
            else
                literal.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }
        return literal.Append('\'').ToString();
    }
}
