using Aspire.Hosting.Dashboard;

namespace EmbeddedHost.Tests.Dashboard;

public class DashboardVariablesTests
{
    private static readonly DashboardAddresses Addresses = new([new("https", "localhost", 17000), new("http", "localhost", 15000)], new("http", "localhost", 19000), null);
    private static readonly Uri ResourceService = new("http://127.0.0.1:20000");

    [Fact]
    public void For_Secured_TellsEveryKeyAndAddress()
    {
        var variables = DashboardVariables.For(
            new() { BrowserToken = "b", OtlpApiKey = "o", ApiKey = "a", ResourceServiceKey = "r", CorsAllowedOrigins = "http://localhost:5080" }, Addresses, ResourceService);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_URLS"] = "https://localhost:17000;http://localhost:15000",
                ["ASPIRE_DASHBOARD_API_ENABLED"] = "true",
                ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:19000",
                ["ASPIRE_DASHBOARD_TELEMETRY_OPTOUT"] = "True",
                ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = "http://127.0.0.1:20000",
                ["DASHBOARD__API__AUTHMODE"] = "ApiKey",
                ["DASHBOARD__API__PRIMARYAPIKEY"] = "a",
                ["DASHBOARD__DEBUGSESSION__TELEMETRYOPTOUT"] = "True",
                ["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken",
                ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = "b",
                ["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey",
                ["DASHBOARD__OTLP__CORS__ALLOWEDHEADERS"] = "*",
                ["DASHBOARD__OTLP__CORS__ALLOWEDORIGINS"] = "http://localhost:5080",
                ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = "o",
                ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = "r",
                ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["DOTNET_TieredPGO"] = "0",
                ["LOGGING__CONSOLE__FORMATTERNAME"] = "json",
            },
            variables);
    }

    [Fact]
    public void For_NoKeys_IsOpen()
    {
        var variables = DashboardVariables.For(new(), Addresses, ResourceService);

        Assert.All(["FRONTEND", "OTLP", "API", "RESOURCESERVICECLIENT"], section => Assert.Equal("Unsecured", variables[$"DASHBOARD__{section}__AUTHMODE"]));
        Assert.DoesNotContain(variables.Keys, name => name.EndsWith("KEY", StringComparison.Ordinal) || name.EndsWith("TOKEN", StringComparison.Ordinal));
    }

    [Fact]
    public void For_PassedOn_ButNeverInPlaceOfWhatWasChosen()
    {
        var variables = DashboardVariables.For(
            new()
            {
                PassedOn = new Dictionary<string, string>
                {
                    ["ASPIRE_DASHBOARD_CONFIG_FILE_PATH"] = "dashboard.json",
                    ["ASPIRE_DASHBOARD_TELEMETRY_OPTOUT"] = "false",
                    ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = "http://localhost:1",
                    ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:2",
                },
            },
            Addresses,
            ResourceService);

        Assert.Equal("dashboard.json", variables["ASPIRE_DASHBOARD_CONFIG_FILE_PATH"]);
        Assert.Equal("false", variables["ASPIRE_DASHBOARD_TELEMETRY_OPTOUT"]);
        Assert.Equal("false", variables["DASHBOARD__DEBUGSESSION__TELEMETRYOPTOUT"]);
        Assert.Equal("http://localhost:19000", variables["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"]);
        Assert.DoesNotContain("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", variables.Keys);
    }
}
