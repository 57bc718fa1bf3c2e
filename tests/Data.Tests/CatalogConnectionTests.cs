using AspireDeploy.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Data.Tests;

public sealed class CatalogConnectionTests
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
        var wrong = Assert.Throws<SettingException>(() => CatalogConnection.From(Configuration(given)));

        Assert.Contains("ConnectionStrings:catalog", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OrElse_KeywordIsGiven_KeepsIt()
    {
        var connection = CatalogConnection.From(Configuration("Host=db;Timeout=9")).OrElse("Timeout", 3).OrElse("Command Timeout", 5);

        Assert.Equal(9, connection.Timeout);
        Assert.Equal(5, connection.CommandTimeout);
    }

    private static IConfigurationRoot Configuration(string? connection) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:catalog", connection)]).Build();
}
