using System.Text;

namespace AspireDeploy.Targets.Shared;

/// <summary>Names that are a label of DNS (RFC 1123).</summary>
internal static class DnsLabel
{
    /// <summary>Gets the most characters that one has.</summary>
    internal const int Longest = 63;

    /// <summary>Returns a text as a label: lower case, hyphens for all else.</summary>
    internal static string From(string text)
    {
        var label = new StringBuilder(text.Length);
        foreach (var letter in text)
            label.Append(char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-');
        return label.ToString().Trim('-');
    }

    /// <summary>Returns a name with its end replaced by a hash of it where it is longer than <paramref name="longest"/>.</summary>
    internal static string Fit(string name, int longest = Longest) =>
        name.Length <= longest ? name : $"{name[..(longest - 9)].TrimEnd('-')}-{ContentHash.Short(name)}";

    /// <summary>Returns whether a text is a label.</summary>
    internal static bool IsValid(string text) =>
        text.Length is > 0 and <= Longest
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
