using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardConfiguration
{
    /// <summary>A setting by its name or its older one; null where it is absent or empty.</summary>
    public static string? DashboardSetting(this IConfiguration configuration, string name)
    {
        var value = configuration[name];
        if (string.IsNullOrWhiteSpace(value) && name.StartsWith("ASPIRE_", StringComparison.Ordinal))
        {
            value = configuration[DashboardSettings.Legacy(name)];
        }

        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>A setting that is true or false; null where it is absent.</summary>
    /// <exception cref="DistributedApplicationException">It is something else.</exception>
    public static bool? DashboardFlag(this IConfiguration configuration, string name) => configuration.DashboardSetting(name)?.ToUpperInvariant() switch
    {
        null => null,
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        var other => throw new DistributedApplicationException($"{name} is '{other.ToLowerInvariant()}': set it to true or false."),
    };
}
