using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dashboard;

/// <summary>Reads <see cref="DashboardOptions"/> from the AppHost's configuration.</summary>
internal sealed class ConfigureDashboardOptions(IConfiguration configuration) : IConfigureOptions<DashboardOptions>
{
    /// <exception cref="DistributedApplicationException">A setting has a value that can't be understood, or that another setting forbids.</exception>
    public void Configure(DashboardOptions options)
    {
        options.ApplicationName = configuration[DashboardSettings.AppHost.ApplicationName];
        options.Frontend = [.. Addresses(DashboardSettings.FrontendUrls).OrderByDescending(address => address.IsHttps)];
        options.OtlpGrpc = Address(DashboardSettings.OtlpGrpcUrl);
        options.OtlpHttp = Address(DashboardSettings.OtlpHttpUrl);
        options.ResourceService = Address(DashboardSettings.ResourceServiceUrl);
        options.UseFreePorts = (configuration.DashboardFlag(DashboardSettings.UseFreePorts) ?? false) || (configuration.DashboardFlag(DashboardSettings.Isolated) ?? false);
        options.BrowserToken = configuration[DashboardSettings.AppHost.BrowserToken];
        options.OtlpApiKey = configuration[DashboardSettings.AppHost.OtlpApiKey];
        options.ApiKey = configuration[DashboardSettings.AppHost.ApiKey];
        options.ResourceServiceKey = configuration[DashboardSettings.AppHost.ResourceServiceKey];
        options.CorsAllowedOrigins = configuration.DashboardSetting(DashboardSettings.CorsAllowedOrigins);
        options.IsShown = configuration.DashboardFlag(DashboardSettings.ShowDashboardResources) ?? false;
        options.PassedOn = configuration.AsEnumerable()
            .Where(setting => setting.Value is not null && setting.Key.StartsWith(DashboardSettings.PassedOnPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(setting => setting.Key, setting => setting.Value!);

        // Unlike official Aspire's, this host needs no leave for plain HTTP on the loopback: a machine without a trusted certificate is an ordinary one.
        if (configuration.DashboardFlag(DashboardSettings.AllowUnsecuredTransport) is false)
        {
            RequireHttps(options);
        }
    }

    private ListenAddress? Address(string name) => Addresses(name).FirstOrDefault();

    private IEnumerable<ListenAddress> Addresses(string name) =>
        (configuration.DashboardSetting(name) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => ListenAddress.Parse(name, text));

    private static void RequireHttps(DashboardOptions options)
    {
        if (new[] { options.Frontend.Count > 0 ? options.Frontend[0] : null, options.OtlpGrpc, options.OtlpHttp, options.ResourceService }.FirstOrDefault(a => a is { IsHttps: false }) is { } plain)
        {
            throw new DistributedApplicationException(
                $"{plain} is plain HTTP, and {DashboardSettings.AllowUnsecuredTransport} is false: use an https address in the launch profile, or leave that setting out.");
        }
    }
}
