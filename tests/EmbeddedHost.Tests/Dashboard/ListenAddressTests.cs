using Aspire.Hosting.Dashboard;

namespace EmbeddedHost.Tests.Dashboard;

public class ListenAddressTests
{
    [Theory]
    [InlineData("http://localhost:15000", "http://localhost:15000/")]
    [InlineData("http://*:15000", "http://localhost:15000/")]
    [InlineData("http://0.0.0.0:15000", "http://localhost:15000/")]
    [InlineData("https://[::1]:15000", "https://[::1]:15000/")]
    [InlineData("https://shop.dev.localhost:15000", "https://shop.dev.localhost:15000/")]
    public void LocalUrl_AnyHost_CanBeOpenedHere(string text, string expected)
    {
        var address = ListenAddress.Parse("ASPNETCORE_URLS", text);

        Assert.Equal(text, address.ToString());
        Assert.Equal(expected, address.LocalUrl.ToString());
    }
}
