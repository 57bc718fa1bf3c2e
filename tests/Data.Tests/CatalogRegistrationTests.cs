using AspireDeploy.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Data.Tests;

public sealed class CatalogRegistrationTests
{
    [Theory]
    [InlineData(null, "is missing")]
    [InlineData(" ", "is missing")]
    [InlineData("postgres://user:hunter2@db/catalog", "can't be read")]
    [InlineData("Host=db;Port=many;Password=hunter2", "can't be read")]
    [InlineData("Host=db;hunter2=1", "can't be read")]
    [InlineData("Password=hunter2", "names no host")]
    public void Connection_CantBeUsed_SaysWhyWithoutRepeatingIt(string? given, string why)
    {
        var wrong = Assert.Throws<SettingException>(() => ConnectionString(given));

        Assert.Contains("ConnectionStrings:catalog", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_KeywordIsGiven_KeepsItAndTakesTheOtherDefaults() =>
        Assert.Equal("Timeout=9;Command Timeout=5;Host=db", ConnectionString("Host=db;Timeout=9"));

    private static string ConnectionString(string? given) =>
        CatalogRegistration.ConnectionString(
            new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:catalog", given)]).Build(),
            "Timeout=3;Command Timeout=5"
        );
}
