using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Collects the texts and values of an expression.</summary>
internal sealed class ExpressionParts(int literalLength = 0, int formattedCount = 0)
{
    private readonly StringBuilder _format = new(literalLength + (formattedCount * 3));
    private readonly List<IValueProvider> _values = new(formattedCount);

    public bool IsEmpty => _format.Length == 0;

    public void AddText(string? text) => _format.Append(text?.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    public void AddValue(object value)
    {
        if (value is ReferenceExpression nested)
        {
            // Renumbers the nested expression's values behind ours.
            var renumbered = Enumerable.Range(_values.Count, nested.ValueProviders.Count).Select(object (index) => $"{{{index}}}").ToArray();
            _format.Append(string.Format(System.Globalization.CultureInfo.InvariantCulture, Escaped(nested.Format), renumbered));
            _values.AddRange(nested.ValueProviders);
        }
        else
        {
            _format.Append('{').Append(_values.Count).Append('}');
            _values.Add((IValueProvider)value);
        }
    }

    public ReferenceExpression Build() => ReferenceExpression.Create(_format.ToString(), [.. _values]);

    // Braces that stand for themselves must survive one more round of formatting.
    private static string Escaped(string format) => format.Replace("{{", "{{{{", StringComparison.Ordinal).Replace("}}", "}}}}", StringComparison.Ordinal);
}
