using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AspireDeploy.Writers.Bicep;

/// <summary>
/// Writes Bicep that people read and the compiler doesn't misread.
/// (https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings)
/// </summary>
internal static partial class BicepWriter
{
    /// <summary>Writes a module. Equal modules give equal bytes.</summary>
    public static string Write(BicepModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var text = new StringBuilder();
        Comment(text, module.Comment);
        if (module.TargetScope is { } target)
            text.Append("\ntargetScope = ").Append(Literal(target)).Append('\n');
        foreach (var parameter in module.Parameters)
        {
            text.Append("\n@description(").Append(Literal(parameter.Description)).Append(")\n");
            if (parameter.Secure)
                text.Append("@secure()\n");
            text.Append("param ").Append(parameter.Name).Append(' ').Append(parameter.Type);
            if (parameter.Default is { } value)
                Append(text.Append(" = "), value, 0);
            text.Append('\n');
        }
        foreach (var resource in module.Resources)
        {
            text.Append('\n');
            if (resource.Comment is { } comment)
                Comment(text, comment);
            text.Append("resource ")
                .Append(resource.Symbol)
                .Append(' ')
                .Append(Literal(resource.Type))
                .Append(resource.Existing ? " existing = " : " = ");
            if (resource.Condition is { } condition)
                text.Append("if (").Append(condition.Text).Append(") ");
            Append(text, resource.Body, 0);
            text.Append('\n');
        }
        foreach (var reference in module.Modules)
        {
            Append(
                text.Append("\nmodule ").Append(reference.Symbol).Append(' ').Append(Literal(reference.Path)).Append(" = "),
                reference.Body,
                0
            );
            text.Append('\n');
        }
        if (module.Outputs.Count > 0)
            text.Append('\n');
        foreach (var output in module.Outputs)
        {
            Append(text.Append("output ").Append(output.Name).Append(' ').Append(output.Type).Append(" = "), output.Value, 0);
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Returns a text as a literal in single quotes.</summary>
    public static string Literal(string text) => $"'{Escape(text)}'";

    private static void Comment(StringBuilder text, string comment)
    {
        foreach (var line in comment.ReplaceLineEndings("\n").Split('\n'))
            text.Append("// ").Append(line).Append('\n');
    }

    private static void Append(StringBuilder text, BicepValue value, int depth)
    {
        switch (value)
        {
            case BicepText words:
                text.Append('\'');
                foreach (var part in words.Parts)
                    text.Append(
                        part is BicepInterpolation interpolation ? $"${{{interpolation.Code.Text}}}" : Escape(((BicepLiteral)part).Text)
                    );
                text.Append('\'');
                break;
            case BicepCode code:
                text.Append(code.Text);
                break;
            case BicepLines lines:
                text.Append("'''\n").Append(lines.Text).Append("'''");
                break;
            case BicepNumber number:
                text.Append(CultureInfo.InvariantCulture, $"{number.Value}");
                break;
            case BicepTruth truth:
                text.Append(truth.Value ? "true" : "false");
                break;
            case BicepObject body:
                AppendObject(text, body, depth);
                break;
            case BicepArray array:
                AppendArray(text, array, depth);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} can't be written.", nameof(value));
        }
    }

    private static void AppendObject(StringBuilder text, BicepObject body, int depth)
    {
        if (!body.Any())
        {
            text.Append("{}");
            return;
        }
        text.Append("{\n");
        foreach (var property in body)
        {
            if (property.Unless is { } rule)
                Indent(text, depth + 1).Append("#disable-next-line ").Append(rule).Append('\n');
            AppendName(Indent(text, depth + 1), property.Name);
            Append(text.Append(": "), property.Value, depth + 1);
            text.Append('\n');
        }
        Indent(text, depth).Append('}');
    }

    private static void AppendName(StringBuilder text, BicepValue name)
    {
        if (name is BicepCode code)
            text.Append("'${").Append(code.Text).Append("}'");
        else if (name is BicepText { Parts: [BicepLiteral only] } && Identifier().IsMatch(only.Text))
            text.Append(only.Text);
        else
            Append(text, name, 0);
    }

    private static void AppendArray(StringBuilder text, BicepArray array, int depth)
    {
        if (array.Count == 0)
        {
            text.Append("[]");
            return;
        }
        text.Append("[\n");
        foreach (var item in array)
        {
            Append(Indent(text, depth + 1), item, depth + 1);
            text.Append('\n');
        }
        Indent(text, depth).Append(']');
    }

    private static StringBuilder Indent(StringBuilder text, int depth) => text.Append(' ', depth * 2);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '\\' => escaped.Append("\\\\"),
                '\'' => escaped.Append("\\'"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                '$' when i + 1 < text.Length && text[i + 1] == '{' => escaped.Append("\\$"),
                // Control characters, and what some editors take for the end of a line.
                var letter when char.IsControl(letter) || letter is '\u2028' or '\u2029' => escaped.Append(
                    CultureInfo.InvariantCulture,
                    $"\\u{{{(int)letter:x}}}"
                ),
                var letter => escaped.Append(letter),
            };
        }
        return escaped.ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
