using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Tests.Dashboard;

public class DashboardSecretsTests
{
    private static readonly string[] Keys = ["AppHost:BrowserToken", "AppHost:OtlpApiKey", "AppHost:DashboardApiKey", "AppHost:ResourceService:ApiKey"];

    [Fact]
    public void AddTo_NothingConfigured_MakesDifferentKeysOf128Bits()
    {
        var first = Configured([]);
        var second = Configured([]);

        var keys = Keys.Select(key => first[key]!).Concat(Keys.Select(key => second[key]!)).ToList();
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{32}$", key));
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal("ApiKey", first["AppHost:ResourceService:AuthMode"]);
    }

    [Theory]
    [InlineData("ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN", "AppHost:BrowserToken")]
    [InlineData("DOTNET_DASHBOARD_FRONTEND_BROWSERTOKEN", "AppHost:BrowserToken")]
    [InlineData("AppHost:BrowserToken", "AppHost:BrowserToken")]
    [InlineData("AppHost:OtlpApiKey", "AppHost:OtlpApiKey")]
    [InlineData("ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY", "AppHost:ResourceService:ApiKey")]
    public void AddTo_Configured_IsKept(string setting, string key) => Assert.Equal("mine", Configured(new() { [setting] = "mine" })[key]);

    [Fact]
    public void AddTo_GeneratedOnes_AreOfferedToBeKept()
    {
        List<string> kept = [];
        Configured(new() { ["AppHost:DashboardApiKey"] = "mine" }, (name, _) => kept.Add(name));

        Assert.Equal(["AppHost:OtlpApiKey"], kept);
    }

    [Fact]
    public void AddTo_AnonymousAllowed_MakesNone()
    {
        var configuration = Configured(new() { ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true" });

        Assert.All(Keys, key => Assert.Null(configuration[key]));
        Assert.Equal("Unsecured", configuration["AppHost:ResourceService:AuthMode"]);
    }

    private static ConfigurationManager Configured(Dictionary<string, string?> settings, Action<string, Func<string>>? keep = null)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings);
        DashboardSecrets.AddTo(configuration, keep);
        return configuration;
    }
}
