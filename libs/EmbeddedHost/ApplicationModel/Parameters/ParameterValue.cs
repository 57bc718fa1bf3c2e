using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

internal static class ParameterValue
{
    /// <summary>The value that the configuration has, else the default. A hyphen in the key may be written as an underscore, as environment variables need.</summary>
    /// <exception cref="MissingParameterValueException">There is neither.</exception>
    public static string Read(IConfiguration configuration, string key, string name, ParameterDefault? fallback) =>
        Configured(configuration, key) ?? fallback?.GetDefaultValue() ?? throw Missing(name, key);

    public static MissingParameterValueException Missing(string name, string key) => new(
        $"Parameter '{name}' has no value. Set '{key}': run 'dotnet user-secrets set {key} VALUE' in the AppHost's directory, or set the environment variable {Variable(key)}.");

    private static string? Configured(IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } value ? value : configuration[key.Replace('-', '_')] ?? configuration[key];

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_');
}
