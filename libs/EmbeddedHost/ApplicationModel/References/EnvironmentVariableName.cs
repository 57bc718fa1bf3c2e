namespace Aspire.Hosting.ApplicationModel;

internal static class EnvironmentVariableName
{
    /// <summary>A name that every shell takes: what isn't an ASCII letter or digit becomes <c>_</c>, and a digit isn't first.</summary>
    public static string Of(string name)
    {
        var encoded = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? $"_{encoded}" : encoded;
    }

    public static string UpperOf(string name) => Of(name).ToUpperInvariant();
}
