using System.Globalization;
using System.Text;

namespace AspireDeploy.Writers.Hcl;

/// <summary>
/// Writes HCL 2 that people read: two spaces, whole lines of text as heredocs, and nothing in a text that a reader would fill in.
/// (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md)
/// </summary>
internal static class HclWriter
{
    /// <summary>Writes a file.</summary>
    /// <param name="body">What is in it.</param>
    /// <param name="header">A comment above it, lines parted by <c>\n</c>; null: none.</param>
    public static string Write(HclBody body, string? header = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        var text = new StringBuilder();
        if (header is not null)
            Comment(text, header, 0);
        Body(text, body, 0);
        return text.ToString();
    }

    /// <summary>Returns a text in quotes.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            _ = letter switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '$' or '%' when Opens(text, i) => quoted.Append(letter).Append(letter),
                < ' ' or '\x7f' or '\u2028' or '\u2029' or '\ufeff' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => quoted.Append(letter),
            };
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Returns a text with nothing in it that a reader would fill in: a <c>${</c> is doubled.</summary>
    internal static string Escape(string text) =>
        text.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    private static void Body(StringBuilder text, HclBody body, int indent)
    {
        HclEntry? before = null;
        foreach (var entry in body)
        {
            if (before is HclBlock || (before is not null && entry is HclBlock))
                text.Append('\n');
            before = entry;
            if (entry.Comment is not null)
                Comment(text, entry.Comment, indent);
            text.Append(' ', indent);
            if (entry is HclArgument attribute)
            {
                text.Append(attribute.Name).Append(" = ");
                Value(text, attribute.Value, indent);
                text.Append('\n');
                continue;
            }
            var block = (HclBlock)entry;
            text.Append(block.Type[0]);
            foreach (var label in block.Type.Skip(1))
                text.Append(' ').Append(Quote(label));
            if (block.Body.Count == 0)
            {
                text.Append(" {}\n");
                continue;
            }
            text.Append(" {\n");
            Body(text, block.Body, indent + 2);
            text.Append(' ', indent).Append("}\n");
        }
    }

    private static void Value(StringBuilder text, object value, int indent)
    {
        switch (value)
        {
            case string lines when IsHeredoc(lines):
                Heredoc(text, lines);
                break;
            case string one:
                text.Append(Quote(one));
                break;
            case HclTemplate template:
                Template(text, template.Text);
                break;
            case HclInterpolation known:
                text.Append("\"${").Append(known.Name).Append("}\"");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case int or long:
                text.Append(Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
                break;
            case IEnumerable<string> list:
                text.Append('[').AppendJoin(", ", list.Select(Quote)).Append(']');
                break;
            case decimal number:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case IEnumerable<object> items:
                text.Append('[');
                foreach (var (index, item) in items.Index())
                {
                    if (index > 0)
                        text.Append(", ");
                    Value(text, item, indent);
                }
                text.Append(']');
                break;
            case IEnumerable<KeyValuePair<string, string>> map:
                Map(text, map.Select(static each => KeyValuePair.Create<string, object>(each.Key, each.Value)), indent);
                break;
            case IEnumerable<KeyValuePair<string, object>> map:
                Map(text, map, indent);
                break;
            default:
                throw new NotSupportedException($"{value.GetType().Name} can't be written.");
        }
    }

    private static void Map(StringBuilder text, IEnumerable<KeyValuePair<string, object>> map, int indent)
    {
        text.Append("{\n");
        foreach (var (key, value) in map)
        {
            text.Append(' ', indent + 2).Append(Quote(key)).Append(" = ");
            Value(text, value, indent + 2);
            text.Append('\n');
        }
        text.Append(' ', indent).Append('}');
    }

    // What stands between ${ and } is the engine's, quotes included.
    private static void Template(StringBuilder text, string template)
    {
        text.Append('"');
        var i = 0;
        while (i < template.Length)
        {
            var isDoubled = i > 0 && template[i] is '$' or '%' && template[i - 1] == template[i];
            var end = template[i] is '$' or '%' && Opens(template, i) && !isDoubled ? template.IndexOf('}', i) : -1;
            text.Append(end > 0 ? template.AsSpan(i, end + 1 - i) : Quote(template[i].ToString()).AsSpan()[1..^1]);
            i = end > 0 ? end + 1 : i + 1;
        }
        text.Append('"');
    }

    // Whole lines of printable text: readable as they are. A heredoc knows no escapes but those of templates.
    private static bool IsHeredoc(string text) =>
        text.EndsWith('\n')
        && text.All(static letter => letter is '\n' or '\t' or (>= ' ' and not '\x7f' and not '\u2028' and not '\u2029' and not '\ufeff'));

    private static void Heredoc(StringBuilder text, string lines)
    {
        var mark = "EOT";
        while (lines.Split('\n').Any(line => line.Trim() == mark))
            mark += "_";
        text.Append("<<").Append(mark).Append('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] is '$' or '%' && Opens(lines, i))
                text.Append(lines[i]);
            text.Append(lines[i]);
        }
        text.Append(mark);
    }

    private static bool Opens(string text, int at) => at + 1 < text.Length && text[at + 1] == '{';

    private static void Comment(StringBuilder text, string comment, int indent)
    {
        foreach (var line in comment.Split('\n'))
            text.Append(' ', indent).Append('#').Append(line.Length > 0 ? " " : "").Append(line).Append('\n');
    }
}
