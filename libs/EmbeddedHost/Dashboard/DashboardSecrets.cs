using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>The keys between person, dashboard, resource service and telemetry. What isn't configured is made up for this run.</summary>
internal static class DashboardSecrets
{
    // 128 bits.
    private const int HexCharacters = 32;

    /// <summary>
    /// Puts the keys into the configuration, under the names that <see cref="DashboardOptions"/> and the model's telemetry environment read. None
    /// is put there where the dashboard is open to anybody by configuration.
    /// </summary>
    /// <param name="configuration">The AppHost's.</param>
    /// <param name="keep">Keeps a generated value under its name for later runs; containers that outlive a run would otherwise be made anew for a new key.</param>
    public static void AddTo(ConfigurationManager configuration, Action<string, Func<string>>? keep)
    {
        if (configuration.DashboardFlag(DashboardSettings.AllowAnonymous) is true)
        {
            configuration.AddInMemoryCollection([new(DashboardSettings.AppHost.ResourceServiceAuthMode, "Unsecured")]);
            return;
        }

        foreach (var name in (string[])[DashboardSettings.AppHost.OtlpApiKey, DashboardSettings.AppHost.ApiKey])
        {
            if (string.IsNullOrWhiteSpace(configuration[name]))
            {
                keep?.Invoke(name, NewKey);
            }
        }

        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [DashboardSettings.AppHost.OtlpApiKey] = configuration.DashboardSetting(DashboardSettings.AppHost.OtlpApiKey) ?? NewKey(),
            [DashboardSettings.AppHost.ApiKey] = configuration.DashboardSetting(DashboardSettings.AppHost.ApiKey) ?? NewKey(),
            [DashboardSettings.AppHost.BrowserToken] =
                configuration.DashboardSetting(DashboardSettings.BrowserToken) ?? configuration.DashboardSetting(DashboardSettings.AppHost.BrowserToken) ?? NewKey(),
            [DashboardSettings.AppHost.ResourceServiceAuthMode] = "ApiKey",
            [DashboardSettings.AppHost.ResourceServiceKey] =
                configuration.DashboardSetting(DashboardSettings.ResourceServiceKey) ?? configuration.DashboardSetting(DashboardSettings.AppHost.ResourceServiceKey) ?? NewKey(),
        });
    }

    private static string NewKey() => RandomNumberGenerator.GetHexString(HexCharacters, lowercase: true);
}
