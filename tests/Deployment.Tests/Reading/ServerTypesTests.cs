using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Reading;

namespace AspireDeploy.Tests.Reading;

public class ServerTypesTests
{
    [Fact]
    public void Library_ForServers_RefersToNoPackageOfTheirs() =>
        Assert.DoesNotContain(typeof(ServerTypes).Assembly.GetReferencedAssemblies(), static assembly =>
            assembly.Name is "Aspire.Hosting.PostgreSQL" or "Aspire.Hosting.Redis"
        );

    [Fact]
    public void Postgres_OfAspiresPackage_IsKnown_WithItsDatabases()
    {
        var server = Builder().AddPostgres("postgres");
        var orders = server.AddDatabase("orders");
        server.AddDatabase("catalog", "Catalog");

        Assert.True(ServerTypes.IsPostgres(server.Resource));
        Assert.True(ServerTypes.IsPostgresDatabase(orders.Resource));
        Assert.False(ServerTypes.IsRedis(server.Resource));
        Assert.Equal(["Catalog", "orders"], ServerTypes.DatabasesOf(server.Resource));
    }

    [Fact]
    public void Redis_OfAspiresPackage_IsKnown_WithItsPassword()
    {
        var server = Builder().AddRedis("cache");

        Assert.True(ServerTypes.IsRedis(server.Resource));
        Assert.False(ServerTypes.IsPostgres(server.Resource));
        Assert.Same(server.Resource.PasswordParameter, ServerTypes.PasswordOf(server.Resource));
    }

    [Fact]
    public void Redis_WithoutAPassword_HasNone() =>
        Assert.Null(ServerTypes.PasswordOf(Builder().AddRedis("cache").WithPassword(null).Resource));

    [Fact]
    public void Type_ThatDerives_IsKnown() => Assert.True(ServerTypes.IsRedis(new Derived()));

    [Fact]
    public void Type_OfThatNameElsewhere_IsNot() => Assert.False(ServerTypes.IsRedis(new RedisResource()));

    private static IDistributedApplicationBuilder Builder() =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    private sealed class Derived() : Aspire.Hosting.ApplicationModel.RedisResource("cache");

    private sealed class RedisResource() : Resource("cache");
}
