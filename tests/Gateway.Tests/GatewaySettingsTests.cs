using AspireDeploy.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Gateway.Tests;

public sealed class GatewaySettingsTests
{
    [Theory]
    [InlineData("Gateway:Routes is empty")]
    [InlineData("'/' to 'shop', of which Gateway:Services says nothing", "Gateway:Routes:0:Path=/", "Gateway:Routes:0:Service=shop")]
    [InlineData("Gateway:Routes:0:Service is missing", "Gateway:Routes:0:Path=/")]
    [InlineData("Gateway:Routes:0:Path is 'shop'", "Gateway:Routes:0:Path=shop")]
    [InlineData("Gateway:Routes:0:Path is '/shop/'", "Gateway:Routes:0:Path=/shop/")]
    [InlineData("Gateway:Routes:0:Path is '/{id}'", "Gateway:Routes:0:Path=/{id}")]
    [InlineData(
        "Gateway:Routes has '/' twice",
        "Gateway:Routes:0:Path=/",
        "Gateway:Routes:0:Service=api",
        "Gateway:Routes:1:Path=/",
        "Gateway:Routes:1:Service=api",
        "Gateway:Services:api:Probe=/health"
    )]
    [InlineData("Gateway:Services:api:Probe is 'health'", "Gateway:Services:api:Probe=health")]
    [InlineData("Gateway:Services:api:Replicas:0 is 'localhost'", "Gateway:Services:api:Replicas:0=localhost")]
    [InlineData(
        "Gateway:Limits:BodyBytes is 'much'",
        "Gateway:Routes:0:Path=/",
        "Gateway:Routes:0:Service=api",
        "Gateway:Services:api:Probe=/health",
        "Gateway:Limits:BodyBytes=much"
    )]
    [InlineData(
        "Gateway:Limits:HoldSeconds is '-1'",
        "Gateway:Routes:0:Path=/",
        "Gateway:Routes:0:Service=api",
        "Gateway:Services:api:Probe=/health",
        "Gateway:Limits:HoldSeconds=-1"
    )]
    public void Settings_Wrong_AreRefusedByName(string said, params string[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => s.Split('=')).ToDictionary(p => p[0], p => (string?)p[1]))
            .Build();
        var refused = Assert.Throws<SettingException>(() => GatewaySettings.From(configuration));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }
}
