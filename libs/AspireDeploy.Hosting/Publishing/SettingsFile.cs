using System.Text.RegularExpressions;
using Aspire.Hosting;
using AspireDeploy.Targets;

namespace AspireDeploy.Publishing;

/// <summary>
/// A list of settings, <c>NAME=value</c>, that a person changes between publishes. What they have set stays; what still is as it was published follows the new publish. A copy of the
/// list as published tells the two apart.
/// </summary>
internal static partial class SettingsFile
{
    /// <summary>Where the copy is.</summary>
    internal static string AsPublished(string path) => path + ".published";

    /// <summary>The new content with the values that a person has set in the file that is there.</summary>
    internal static string Merge(string folder, PublishedFile file)
    {
        var place = Path.Combine(folder, file.Path);
        if (!File.Exists(place)) return file.Content;
        var copy = Path.Combine(folder, AsPublished(file.Path));
        return Merge(file.Content, File.ReadAllText(place), File.Exists(copy) ? File.ReadAllText(copy) : "", file.OnRepublish == OnRepublish.KeepSettings);
    }

    /// <summary>Merges.</summary>
    /// <param name="published">The new content.</param>
    /// <param name="edited">What is there, with a person's changes.</param>
    /// <param name="before">What was published then.</param>
    /// <param name="isQuoted">Whether a value may stand in quotes, which are none of its own, and then have several lines.</param>
    internal static string Merge(string published, string edited, string before, bool isQuoted = true)
    {
        var earlier = SetIn(before, isQuoted);
        var chosen = SetIn(edited, isQuoted).Where(setting => earlier.GetValueOrDefault(setting.Key) != setting.Value).ToDictionary();
        return string.Concat(Lines(published, isQuoted).Select(line => NameIn(line) is { } name && chosen.TryGetValue(name, out var value) ? $"{value}\n" : $"{line}\n"));
    }

    /// <summary>A setting's value, without its quotes; null where it isn't set.</summary>
    internal static string? Get(string text, string name, bool isQuoted = true) =>
        SetIn(text, isQuoted).TryGetValue(name, out var setting) ? setting[(name.Length + 1)..] is var value && isQuoted ? Unquote(value) : value : null;

    /// <summary>The text with a setting set. Where values may be quoted, one that needs it goes in single quotes, which both Docker and a shell take as it is.</summary>
    /// <exception cref="DistributedApplicationException">The file can't hold it.</exception>
    internal static string Set(string text, string name, string value, bool isQuoted = true)
    {
        var line = $"{name}={(isQuoted ? Quote(name, value) : value.AsSpan().ContainsAny('\n', '\r') ? throw new DistributedApplicationException($"{name} can't hold several lines: make it a secret.") : value)}";
        return string.Concat(Lines(text, isQuoted).Select(each => NameIn(each) == name ? $"{line}\n" : $"{each}\n"));
    }

    private static string Quote(string name, string value) =>
        Plain().IsMatch(value) ? value : value.Contains('\'', StringComparison.Ordinal) ? throw new DistributedApplicationException($"{name} can't hold a single quote: set it by hand.") : $"'{value}'";

    private static string Unquote(string value) => value is ['\'', .. var single, '\''] ? single : value is ['"', .. var twice, '"'] ? twice.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\$", "$", StringComparison.Ordinal) : value;

    // Every setting that isn't commented out, as its whole text: in quotes it may have several lines.
    private static Dictionary<string, string> SetIn(string text, bool isQuoted)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in Lines(text, isQuoted))
        {
            if (Setting().Match(setting) is { Success: true } match && match.Groups["comment"].Length == 0) settings[match.Groups["name"].Value] = setting;
        }
        return settings;
    }

    private static string? NameIn(string setting) => Setting().Match(setting) is { Success: true } match ? match.Groups["name"].Value : null;

    private static IEnumerable<string> Lines(string text, bool isQuoted)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            while (isQuoted && IsOpen(line) && i + 1 < lines.Length) line += "\n" + lines[++i];
            yield return line;
        }
    }

    private static bool IsOpen(string line) =>
        Setting().Match(line) is { Success: true } match && match.Groups["comment"].Length == 0 && match.Groups["value"].Value is [('\'' or '"') and var quote, .. var rest] && !Closes(rest, quote);

    private static bool Closes(string rest, char quote)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            if (quote == '"' && rest[i] == '\\') i++;
            else if (rest[i] == quote) return true;
        }
        return false;
    }

    [GeneratedRegex(@"\A(?<comment>#?)(?<name>[A-Za-z_][A-Za-z0-9_]*)=(?<value>.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\A[A-Za-z0-9_./:@,=+-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
