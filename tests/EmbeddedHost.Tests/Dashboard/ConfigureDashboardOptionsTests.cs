using Aspire.Hosting;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Tests.Dashboard;

public class ConfigureDashboardOptionsTests
{
    [Fact]
    public void Configure_LaunchProfile_IsRead()
    {
        var options = Options(new()
        {
            ["ASPNETCORE_URLS"] = "http://localhost:15000; https://shop.dev.localhost:17000",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:19000",
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = "http://localhost:20000",
            ["DcpPublisher:RandomizePorts"] = "true",
        });

        Assert.Equal(["https://shop.dev.localhost:17000", "http://localhost:15000"], options.Frontend.Select(a => a.ToString()));
        Assert.Equal("http://localhost:19000", options.OtlpGrpc!.ToString());
        Assert.Null(options.OtlpHttp);
        Assert.Equal("http://localhost:20000", options.ResourceService!.ToString());
        Assert.True(options.UseFreePorts);
    }

    [Fact]
    public void Configure_OlderNames_AreRead() =>
        Assert.Equal("http://localhost:19000", Options(new() { ["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:19000" }).OtlpGrpc!.ToString());

    [Fact]
    public void Configure_Nothing_LeavesEverythingOpen()
    {
        var options = Options([]);

        Assert.Empty(options.Frontend);
        Assert.Null(options.OtlpGrpc);
        Assert.Null(options.ResourceService);
        Assert.False(options.UseFreePorts);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "localhost:15000")]
    [InlineData("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ftp://localhost:1")]
    [InlineData("ASPIRE_SHOW_DASHBOARD_RESOURCES", "maybe")]
    public void Configure_Nonsense_NamesTheSettingAndTheValue(string setting, string value)
    {
        var e = Assert.Throws<DistributedApplicationException>(() => Options(new() { [setting] = value }));

        Assert.Contains(setting, e.Message, StringComparison.Ordinal);
        Assert.Contains(value, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_PlainHttpForbidden_IsRefused()
    {
        var e = Assert.Throws<DistributedApplicationException>(() => Options(new()
        {
            ["ASPNETCORE_URLS"] = "https://localhost:17000;http://localhost:15000",
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = "http://localhost:20000",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "false",
        }));

        Assert.Contains("http://localhost:20000", e.Message, StringComparison.Ordinal);
    }

    private static DashboardOptions Options(Dictionary<string, string?> settings)
    {
        var options = new DashboardOptions();
        new ConfigureDashboardOptions(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Configure(options);
        return options;
    }
}
