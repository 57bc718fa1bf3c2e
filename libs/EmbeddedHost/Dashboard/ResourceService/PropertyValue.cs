using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard;

/// <summary>The value of a resource's property, in the form the dashboard reads: text, a number, nothing, or a list of them.</summary>
internal static class PropertyValue
{
    public static Value From(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        int number => Value.ForNumber(number),
        ImmutableArray<string> { IsDefault: true } or ImmutableArray<int> { IsDefault: true } => Value.ForList(),
        IEnumerable<string?> texts => Value.ForList([.. texts.Select(From)]),
        IEnumerable<int> numbers => Value.ForList([.. numbers.Select(number => Value.ForNumber(number))]),
        IFormattable other => Value.ForString(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Value.ForString(value.ToString() ?? ""),
    };
}
