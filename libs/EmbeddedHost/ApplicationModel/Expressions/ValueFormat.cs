namespace Aspire.Hosting.ApplicationModel;

internal static class ValueFormat
{
    /// <summary>Writes a value as a format says; <c>uri</c>, which escapes it for a part of an address, is the only one.</summary>
    /// <exception cref="NotSupportedException">The format is another.</exception>
    public static string Apply(string value, string? format) => format?.ToUpperInvariant() switch
    {
        null => value,
        "URI" => Uri.EscapeDataString(value),
        _ => throw new NotSupportedException($"Format '{format}' is unknown. The only one is 'uri'."),
    };
}
