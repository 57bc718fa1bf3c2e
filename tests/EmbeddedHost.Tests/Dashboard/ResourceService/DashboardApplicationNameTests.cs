using Aspire.Hosting.Dashboard;

namespace EmbeddedHost.Tests.Dashboard.ResourceService;

public class DashboardApplicationNameTests
{
    [Theory]
    [InlineData("Shop.AppHost", "Shop")]
    [InlineData("ShopAppHost", "Shop")]
    [InlineData("AppHost", "AppHost")]
    [InlineData("Shop", "Shop")]
    public void From_AppHostName_LosesItsEnding(string appHost, string expected) => Assert.Equal(expected, DashboardApplicationName.From(appHost).Value);
}
