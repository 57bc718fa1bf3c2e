using System.Globalization;
using System.Text;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>
/// Runs a statement on a cluster that no server has open: <c>postgres --single</c>, which listens to its standard input alone.
/// </summary>
internal sealed class PostgresSingleUser(PostgresInstallation installation, string dataDirectory)
{
    /// <summary>Runs one statement, which must fit in a line.</summary>
    /// <returns>Null when it went well, else the server's complaint, which does not repeat the statement.</returns>
    public async Task<string?> RunAsync(string statement, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--single",
            "-D",
            dataDirectory,
            "-c",
            "log_min_error_statement=panic",
            "-c",
            "log_checkpoints=off",
            "-c",
            "shared_buffers=2MB",
            "-c",
            "exit_on_error=on",
            "-c",
            "allow_system_table_mods=on",
            .. PostgresSharedMemory.Settings,
            "postgres",
        ];
        var command = installation.Command("postgres", arguments, dataDirectory);
        var outcome = await OneShot.RunAsync(command, statement + "\n", cancellationToken).ConfigureAwait(false);
        return outcome.ExitCode == 0 ? null : outcome.Complaint;
    }

    /// <summary>Returns a name as SQL writes it, whatever it holds, in one line of ASCII.</summary>
    public static string Identifier(string name) => Escaped("U&\"", name, "\\+{0:X6}", '"');

    /// <summary>Returns a text as SQL writes it, whatever it holds, in one line of ASCII.</summary>
    public static string Literal(string text) => Escaped("E'", text, "\\U{0:X8}", '\'');

    private static string Escaped(string begin, string text, string format, char end)
    {
        var escaped = new StringBuilder(begin);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value))
            {
                escaped.Append((char)rune.Value);
            }
            else
            {
                escaped.AppendFormat(CultureInfo.InvariantCulture, format, rune.Value);
            }
        }

        return escaped.Append(end).ToString();
    }
}
