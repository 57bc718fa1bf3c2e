using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace AspireDeploy.Targets.Shared;

/// <summary>
/// A list of settings, <c>NAME=value</c>, that a person changes between publishes. What they have written stays: values, lines and comments
/// of their own; what still is as it was published follows the new publish. A copy of the list as published tells the two apart.
/// </summary>
internal static partial class EditedSettings
{
    /// <summary>Returns where the copy is.</summary>
    internal static string AsPublished(string path) => path + ".published";

    /// <summary>Returns the new content with what a person has written in the file that is there.</summary>
    internal static string Merge(string folder, PublishedFile file)
    {
        var place = Path.Combine(folder, file.Path);
        if (!File.Exists(place))
            return file.Content;
        var copy = Path.Combine(folder, AsPublished(file.Path));
        return Merge(
            file.Content,
            File.ReadAllText(place),
            File.Exists(copy) ? File.ReadAllText(copy) : "",
            file.OnRepublish == OnRepublish.KeepSettings
        );
    }

    /// <summary>Merges.</summary>
    /// <param name="published">The new content.</param>
    /// <param name="edited">What is there, with a person's changes.</param>
    /// <param name="before">What was published then.</param>
    /// <param name="isQuoted">Whether a value may stand in quotes, which are none of its own, and then have several lines.</param>
    internal static string Merge(string published, string edited, string before, bool isQuoted = true)
    {
        var lines = Lines(edited, isQuoted).ToList();
        var earlier = Lines(before, isQuoted).ToHashSet(StringComparer.Ordinal);
        var (merged, names) = (
            Lines(published, isQuoted).ToList(),
            Lines(published, isQuoted).Select(NameIn).OfType<string>().ToHashSet(StringComparer.Ordinal)
        );
        foreach (var name in names)
        {
            if (ChosenIn(lines, earlier, name) is { } chosen)
                merged[merged.FindIndex(line => NameIn(line) == name)] = chosen;
        }
        PutOwn(merged, lines, line => earlier.Contains(line) || (NameIn(line) is { } name && names.Contains(name)));
        return string.Concat(merged.Select(static line => line + "\n"));
    }

    /// <summary>Returns a setting's value, without its quotes; null where it isn't set.</summary>
    internal static string? Get(string text, string name, bool isQuoted = true) =>
        isQuoted
            ? Lines(text, isQuoted).LastOrDefault(line => NameIn(line) == name && !IsComment(line)) is { } line
                ? DotEnv.Unquote(Setting().Match(line).Groups["value"].Value)
                : null
            : PlainSettings.Get(text, name);

    /// <summary>Returns the text with a setting set, in quotes where values may be quoted and this one needs it.</summary>
    /// <exception cref="DistributedApplicationException">The file can't hold it.</exception>
    internal static string Set(string text, string name, string value, bool isQuoted = true)
    {
        if (!isQuoted && value.AsSpan().ContainsAny('\n', '\r'))
            throw new DistributedApplicationException($"{name} can't hold several lines: make it a secret.");
        var line = $"{name}={(isQuoted ? DotEnv.Quote(value) : value)}";
        return string.Concat(Lines(text, isQuoted).Select(each => NameIn(each) == name ? $"{line}\n" : $"{each}\n"));
    }

    // The line by which a person has chosen a value, in their own writing, or has taken one away; null where it is as it was published.
    private static string? ChosenIn(List<string> lines, HashSet<string> earlier, string name)
    {
        var set = lines.LastOrDefault(line => NameIn(line) == name && !IsComment(line));
        if (set is not null)
            return earlier.Contains(set) ? null : set;
        return earlier.Any(line => NameIn(line) == name && !IsComment(line)) ? lines.LastOrDefault(line => NameIn(line) == name) : null;
    }

    // Each of a person's own lines goes before the line that it stood before, or to the end.
    private static void PutOwn(List<string> merged, List<string> lines, Func<string, bool> isPublished)
    {
        var own = new List<string>();
        foreach (var line in lines)
        {
            if (!isPublished(line) && (line.Length > 0 || own.Count > 0))
            {
                own.Add(line);
                continue;
            }
            if (own.Count == 0 || line.Length == 0)
                continue;
            var place = merged.FindIndex(each => each == line || (NameIn(line) is { } name && NameIn(each) == name));
            if (place < 0)
                continue;
            merged.InsertRange(place, own);
            own.Clear();
        }
        merged.AddRange(own);
    }

    private static string? NameIn(string line) => Setting().Match(line) is { Success: true } match ? match.Groups["name"].Value : null;

    private static bool IsComment(string line) => Setting().Match(line).Groups["comment"].Length > 0;

    // Every line, and in quotes the several lines of one setting.
    private static IEnumerable<string> Lines(string text, bool isQuoted)
    {
        if (text.Length == 0)
            yield break;
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            while (isQuoted && IsOpen(line) && i + 1 < lines.Length)
                line += "\n" + lines[++i];
            yield return line;
        }
    }

    private static bool IsOpen(string line) =>
        Setting().Match(line) is { Success: true } match
        && match.Groups["comment"].Length == 0
        && match.Groups["value"].Value is [('\'' or '"') and var quote, .. var rest]
        && !Closes(rest, quote);

    private static bool Closes(string rest, char quote)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
                i++;
            else if (rest[i] == quote)
                return true;
        }
        return false;
    }

    [GeneratedRegex(
        @"\A[ \t]*(?<comment>#?)(?:export[ \t]+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(?<value>.*)\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex Setting();
}
