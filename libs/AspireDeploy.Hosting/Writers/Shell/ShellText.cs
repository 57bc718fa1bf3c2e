using System.Text.RegularExpressions;

namespace AspireDeploy.Writers.Shell;

/// <summary>Text as a POSIX shell takes it for one word. (POSIX.1-2024, Shell Command Language, 2.2 Quoting.)</summary>
internal static partial class ShellText
{
    /// <summary>Quotes what needs it, in single quotes.</summary>
    public static string Quote(string text) => Plain().IsMatch(text) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Quotes words and joins them by spaces.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    [GeneratedRegex(@"\A[A-Za-z0-9_./:=@%+,-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
