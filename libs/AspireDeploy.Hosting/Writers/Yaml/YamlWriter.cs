using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AspireDeploy.Writers.Yaml;

/// <summary>
/// Writes YAML that people read: block style, two spaces, comments where they were put, the same bytes for the same nodes. Libraries write
/// neither comments nor empty lines where one wants them, and change their quoting between versions. Text stands plain only where no
/// reader, of YAML 1.1 or 1.2, could take it for anything else; otherwise it is double-quoted with escapes. (YAML 1.2.2,
/// https://yaml.org/spec/1.2.2/.)
/// </summary>
internal static partial class YamlWriter
{
    // Readers of YAML 1.1 take these for truth values or nothing.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "null",
        "nan",
        "inf",
    };

    /// <summary>Writes a document of several maps, parted by <c>---</c>.</summary>
    public static string Write(IEnumerable<YamlMap> documents, string? header = null) =>
        string.Join("---\n", documents.Select((document, index) => Write(document, index == 0 ? header : null)));

    /// <summary>Writes a document.</summary>
    /// <param name="document">Its content.</param>
    /// <param name="header">A comment above it, lines parted by <c>\n</c>; null: none.</param>
    public static string Write(YamlMap document, string? header = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder();
        if (header is not null)
            Comment(text, header, 0);
        Map(text, document, 0, indentFirst: true);
        return text.ToString();
    }

    private static void Map(StringBuilder text, YamlMap map, int indent, bool indentFirst)
    {
        var first = true;
        foreach (var entry in map)
        {
            if (entry.Gap && !(first && !indentFirst))
                text.Append('\n');
            if (entry.Comment is not null && (!first || indentFirst))
                Comment(text, entry.Comment, indent);
            if (!first || indentFirst)
                text.Append(' ', indent);
            first = false;
            text.Append(Scalar(entry.Key)).Append(':');
            Value(text, entry.Value, indent);
        }
    }

    private static void Value(StringBuilder text, YamlNode value, int indent)
    {
        switch (value)
        {
            case YamlMap { Count: > 0 } map:
                text.Append('\n');
                Map(text, map, indent + 2, indentFirst: true);
                break;
            case YamlList { Count: > 0, Flow: false } list:
                text.Append('\n');
                List(text, list, indent + 2);
                break;
            case YamlText { Quoted: false } block when IsBlock(block.Text):
                Block(text.Append(' '), block.Text, indent + 2);
                break;
            default:
                text.Append(' ').Append(Inline(value)).Append('\n');
                break;
        }
    }

    private static void List(StringBuilder text, YamlList list, int indent)
    {
        foreach (var item in list)
        {
            text.Append(' ', indent).Append('-');
            switch (item)
            {
                case YamlMap { Count: > 0 } map:
                    text.Append(' ');
                    Map(text, map, indent + 2, indentFirst: false);
                    break;
                case YamlList { Count: > 0, Flow: false } inner:
                    text.Append('\n');
                    List(text, inner, indent + 2);
                    break;
                default:
                    text.Append(' ').Append(Inline(item)).Append('\n');
                    break;
            }
        }
    }

    private static string Inline(YamlNode node) =>
        node switch
        {
            YamlMap => "{}",
            YamlList list => "["
                + string.Join(", ", list.Select(static item => item is YamlText text ? Quote(text.Text) : Inline(item)))
                + "]",
            YamlNumber number => number.Number.ToString(CultureInfo.InvariantCulture),
            YamlDecimal number => number.Number.ToString(CultureInfo.InvariantCulture),
            YamlFlag flag => flag.Flag ? "true" : "false",
            YamlText { Quoted: true } text => Quote(text.Text),
            YamlText text => Scalar(text.Text),
            _ => throw new NotSupportedException($"{node.GetType().Name} can't be written."),
        };

    // Whole lines of printable text, such as a configuration file's: readable as they are, and every reader gets them back unchanged.
    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && text[0] is not (' ' or '\n' or '\t')
        && text.EndsWith('\n')
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && text.All(static letter => letter is '\n' or '\t' or (>= ' ' and <= '~') or (>= '\u00a1' and <= '\ud7ff'))
        && !text.Split('\n').Any(static line => line.EndsWith(' '));

    private static void Block(StringBuilder text, string lines, int indent)
    {
        text.Append("|\n");
        foreach (var line in lines[..^1].Split('\n'))
        {
            if (line.Length > 0)
                text.Append(' ', indent).Append(line);
            text.Append('\n');
        }
    }

    private static void Comment(StringBuilder text, string comment, int indent)
    {
        foreach (var line in comment.Split('\n'))
            text.Append(' ', indent).Append('#').Append(line.Length > 0 ? " " : "").Append(line).Append('\n');
    }

    private static string Scalar(string text) => IsPlain(text) ? text : Quote(text);

    private static bool IsPlain(string text) => Plain().IsMatch(text) && !Reserved.Contains(text) && !LooksLikeNumber().IsMatch(text);

    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' or '\x7f' or (>= '\x80' and <= '\xa0') or '\u2028' or '\u2029' or '\ufeff' or >= '\ufffe' => quoted.Append(
                    CultureInfo.InvariantCulture,
                    $"\\u{(int)letter:x4}"
                ),
                _ => quoted.Append(letter),
            };
        }
        return quoted.Append('"').ToString();
    }

    // Letters, digits and a few marks that mean nothing to YAML inside a word; no mark first but those of paths and variables.
    [GeneratedRegex(
        @"\A[A-Za-z/$.][A-Za-z0-9_./@+=${}?()-]*(?::[A-Za-z0-9_./@+=${}?()-]+)*\z|\A[0-9][A-Za-z0-9_.-]*[A-Za-z][A-Za-z0-9_.-]*\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Plain();

    // 1_000, 0x1f, 1e3, .5, 12:30 and 2024-01-02 in one dialect or another.
    [GeneratedRegex(
        @"\A[-+]?\.?[0-9][0-9_,.:]*([eE][-+]?[0-9]+)?\z|\A[-+]?0[xob][0-9a-fA-F_]+\z|\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|\A\.(inf|nan)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex LooksLikeNumber();
}
