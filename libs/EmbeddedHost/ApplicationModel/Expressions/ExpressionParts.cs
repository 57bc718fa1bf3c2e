using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text and values in the order in which an expression is written.</summary>
internal sealed class ExpressionParts(int textLength = 0, int valueCount = 0)
{
    private readonly StringBuilder _format = new(textLength + (valueCount * "{0}".Length));
    private readonly List<IValueProvider> _values = new(valueCount);
    private readonly List<string?> _stringFormats = [];

    public bool IsEmpty => _format.Length == 0;

    public void AddText(string? text, string? stringFormat = null)
    {
        if (text is not null)
        {
            _format.Append(ValueFormat.Apply(text, stringFormat).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }
    }

    /// <exception cref="ArgumentException">The object has no value, or no expression.</exception>
    public void AddValue(object? value, string? stringFormat = null)
    {
        if ((value is IResourceBuilder<IResource> builder ? builder.Resource : value) is not IValueProvider provider || provider is not IManifestExpressionProvider)
        {
            throw new ArgumentException($"A {value?.GetType().Name ?? "null"} can't be part of an expression: it needs a value and an expression.", nameof(value));
        }

        if (provider is ReferenceExpression && stringFormat is not null)
        {
            throw new InvalidOperationException("A whole expression can't be formatted: format the values inside it.");
        }

        _format.Append('{').Append(_values.Count).Append('}');
        _values.Add(provider);
        _stringFormats.Add(stringFormat);
    }

    public ReferenceExpression Build() => ReferenceExpression.Create(_format.ToString(), [.. _values], [.. _stringFormats]);
}
