namespace Aspire.Hosting.Dashboard;

/// <summary>The names of the settings that Aspire's launch profiles, CLI and dashboard use.</summary>
internal static class DashboardSettings
{
    public const string FrontendUrls = "ASPNETCORE_URLS";
    public const string OtlpGrpcUrl = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string OtlpHttpUrl = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    public const string ResourceServiceUrl = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    public const string BrowserToken = "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN";
    public const string ResourceServiceKey = "ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY";
    public const string AllowAnonymous = "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS";
    public const string AllowUnsecuredTransport = "ASPIRE_ALLOW_UNSECURED_TRANSPORT";
    public const string CorsAllowedOrigins = "ASPIRE_DASHBOARD_CORS_ALLOWED_ORIGINS";
    public const string TelemetryOptOut = "ASPIRE_DASHBOARD_TELEMETRY_OPTOUT";
    public const string ShowDashboardResources = "ASPIRE_SHOW_DASHBOARD_RESOURCES";
    public const string UseFreePorts = "DcpPublisher:RandomizePorts";
    public const string Isolated = "AppHost:Isolated";

    /// <summary>What every setting that is passed on to the dashboard as it stands begins with.</summary>
    public const string PassedOnPrefix = "ASPIRE_DASHBOARD_";

    /// <summary>Where the settings above are kept in the AppHost's configuration, generated ones included. The OTLP key is read by the model.</summary>
    public static class AppHost
    {
        public const string ApplicationName = "AppHost:DashboardApplicationName";
        public const string BrowserToken = "AppHost:BrowserToken";
        public const string OtlpApiKey = "AppHost:OtlpApiKey";
        public const string ApiKey = "AppHost:DashboardApiKey";
        public const string ResourceServiceAuthMode = "AppHost:ResourceService:AuthMode";
        public const string ResourceServiceKey = "AppHost:ResourceService:ApiKey";
    }

    /// <summary>The older name of a setting: until Aspire 9.5 they began with <c>DOTNET_</c>.</summary>
    public static string Legacy(string name) => "DOTNET_" + name["ASPIRE_".Length..];
}
