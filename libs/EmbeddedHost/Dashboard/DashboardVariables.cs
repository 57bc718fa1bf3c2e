namespace Aspire.Hosting.Dashboard;

/// <summary>The environment that the dashboard's process is given. Its keys travel here, as other users can read a command line.</summary>
internal static class DashboardVariables
{
    private const string Unsecured = "Unsecured";
    private const string ApiKey = "ApiKey";

    public static Dictionary<string, string> For(DashboardOptions options, DashboardAddresses addresses, Uri resourceService)
    {
        var variables = new Dictionary<string, string>(options.PassedOn, StringComparer.OrdinalIgnoreCase)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
            [DashboardSettings.FrontendUrls] = string.Join(';', addresses.Frontend),
            [DashboardSettings.ResourceServiceUrl] = resourceService.GetLeftPart(UriPartial.Authority),
            ["ASPIRE_DASHBOARD_API_ENABLED"] = "true",
            // One JSON object a line: what DashboardLogMessage reads.
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "json",
            // It starts while all else does: counting what is hot in it would cost a tenth of its start.
            ["DOTNET_TieredPGO"] = "0",
        };
        variables.TryAdd(DashboardSettings.TelemetryOptOut, bool.TrueString);
        variables["DASHBOARD__DEBUGSESSION__TELEMETRYOPTOUT"] = variables[DashboardSettings.TelemetryOptOut];

        Listen(DashboardSettings.OtlpGrpcUrl, addresses.OtlpGrpc);
        Listen(DashboardSettings.OtlpHttpUrl, addresses.OtlpHttp);
        Guard("DASHBOARD__FRONTEND", "BrowserToken", "BROWSERTOKEN", options.BrowserToken);
        Guard("DASHBOARD__OTLP", ApiKey, "PRIMARYAPIKEY", options.OtlpApiKey);
        Guard("DASHBOARD__API", ApiKey, "PRIMARYAPIKEY", options.ApiKey);
        Guard("DASHBOARD__RESOURCESERVICECLIENT", ApiKey, "APIKEY", options.ResourceServiceKey);
        if (options.CorsAllowedOrigins is { } origins)
        {
            variables.Remove(DashboardSettings.CorsAllowedOrigins);
            variables["DASHBOARD__OTLP__CORS__ALLOWEDORIGINS"] = origins;
            variables["DASHBOARD__OTLP__CORS__ALLOWEDHEADERS"] = "*";
        }

        return variables;

        void Listen(string name, ListenAddress? address)
        {
            variables.Remove(name);
            if (address is not null)
            {
                variables[name] = address.ToString();
            }
        }

        void Guard(string section, string mode, string keyName, string? key)
        {
            variables[$"{section}__AUTHMODE"] = string.IsNullOrEmpty(key) ? Unsecured : mode;
            if (!string.IsNullOrEmpty(key))
            {
                variables[$"{section}__{keyName}"] = key;
            }
        }
    }
}
