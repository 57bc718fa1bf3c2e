using System.Text.RegularExpressions;

namespace AspireDeploy.Targets.Caddy;

/// <summary>Text as a Caddyfile takes it for one token. (https://caddyserver.com/docs/caddyfile/concepts#structure)</summary>
internal static partial class CaddyText
{
    internal static string Quote(string text) =>
        Plain().IsMatch(text)
            ? text
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"\A[A-Za-z0-9_./:@*-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
