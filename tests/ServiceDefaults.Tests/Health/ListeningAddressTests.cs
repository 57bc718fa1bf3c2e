using AspireDeploy.ServiceDefaults.Health;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.ServiceDefaults.Tests.Health;

public sealed class ListeningAddressTests
{
    [Theory]
    [InlineData("urls=http://localhost:5080", "http://localhost:5080/")]
    [InlineData("urls=http://*:8080", "http://127.0.0.1:8080/")]
    [InlineData("urls=http://+:8080", "http://127.0.0.1:8080/")]
    [InlineData("urls=http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("urls=http://[::]:8080", "http://127.0.0.1:8080/")]
    [InlineData("urls=http://10.0.0.7:8080", "http://10.0.0.7:8080/")]
    [InlineData("urls=https://*:8443;http://*:8080", "http://127.0.0.1:8080/")]
    [InlineData("urls=https://*:8443", "https://127.0.0.1:8443/")]
    [InlineData("http_ports=8080;8081", "http://127.0.0.1:8080/")]
    [InlineData("https_ports=8443|http_ports=8080", "http://127.0.0.1:8080/")]
    [InlineData("urls=http://*:1|http_ports=2", "http://127.0.0.1:1/")]
    [InlineData("other=1", "http://localhost:5000/")]
    public void ListeningAddress_Settings_GiveTheAddressFromInside(string settings, string expected)
    {
        Assert.Equal(new Uri(expected), ListeningAddress.From(Configuration(settings)));
    }

    [Theory]
    [InlineData("urls=8080")]
    [InlineData("urls=tcp://*:8080")]
    [InlineData("http_ports=eighty")]
    public void ListeningAddress_NoAddress_SaysSo(string settings)
    {
        var wrong = Assert.Throws<SettingException>(() => ListeningAddress.From(Configuration(settings)));
        Assert.Contains("http://*:8080", wrong.Message, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configuration(string settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .Split('|')
                    .Select(setting => setting.Split('=', 2))
                    .Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1]))
            )
            .Build();
}
