using System.Text;
using System.Text.RegularExpressions;

namespace AspireDeploy.Targets.Shared;

/// <summary>
/// A value in a file of variables as Docker Compose reads it, and as the scripts do after it.
/// (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax)
/// </summary>
internal static partial class DotEnv
{
    /// <summary>
    /// Returns a value as it is written. In single quotes everything stands for itself but the quote, and a backslash before it.
    /// </summary>
    internal static string Quote(string value)
    {
        if (Plain().IsMatch(value))
            return value;
        if (!value.Contains('\'', StringComparison.Ordinal) && !value.Contains('\r', StringComparison.Ordinal) && !value.EndsWith('\\'))
            return $"'{value}'";
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' or '\\' or '$' => quoted.Append('\\').Append(letter),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                _ => quoted.Append(letter),
            };
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Returns what is written stands for; text that a reader would fill in stays.</summary>
    internal static string Unquote(string written)
    {
        var text = written.Trim();
        if (text is not [('\'' or '"') and var mark, .. var rest])
            return (text.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? text[..comment].TrimEnd() : text).Replace(
                "$$",
                "$",
                StringComparison.Ordinal
            );
        var value = new StringBuilder(rest.Length);
        for (var i = 0; i < rest.Length && rest[i] != mark; i++)
        {
            if (rest[i] == '\\' && i + 1 < rest.Length)
                value.Append(Escaped(rest[++i], mark));
            else if (mark == '"' && rest[i] == '$' && i + 1 < rest.Length && rest[i + 1] == '$')
                value.Append(rest[++i]);
            else
                value.Append(rest[i]);
        }
        return value.ToString();
    }

    private static string Escaped(char letter, char mark) =>
        (letter, mark) switch
        {
            _ when letter == mark => letter.ToString(),
            ('n', '"') => "\n",
            ('r', '"') => "\r",
            ('t', '"') => "\t",
            ('\\' or '$', '"') => letter.ToString(),
            _ => $"\\{letter}",
        };

    [GeneratedRegex(@"\A[A-Za-z0-9_./:@,=+-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
