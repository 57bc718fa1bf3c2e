using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.References;

public class ServiceDiscoveryTests
{
    [Fact]
    public async Task WithReference_ToAProject_TellsItsEndpointsByBothNames()
    {
        var builder = Declared.Builder();
        var api = builder.AddProject<Declared.Project>("my-api", "https");
        var web = builder.AddExecutable("web", "true", ".").WithReference(api);
        Declared.Allocate(api.Resource, 9000);

        var environment = await Declared.EnvironmentAsync(web.Resource);

        Assert.Equal(
            [
                ("MY_API_HTTP", "http://localhost:9001"),
                ("MY_API_HTTP2", "http://localhost:9002"),
                ("MY_API_HTTPS", "https://localhost:9000"),
                ("services__my-api__http2__0", "http://localhost:9002"),
                ("services__my-api__http__0", "http://localhost:9001"),
                ("services__my-api__https__0", "https://localhost:9000"),
            ],
            environment.Select(v => (v.Key, v.Value)).OrderBy(v => v.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task WithReference_ToOneEndpoint_TellsItAlone()
    {
        var builder = Declared.Builder();
        var cache = builder.AddContainer("cache", "acme/cache").WithEndpoint(targetPort: 6000, name: "admin").WithHttpEndpoint(targetPort: 80);
        var web = builder.AddExecutable("web", "true", ".").WithReference(cache.GetEndpoint("admin"));
        Declared.Allocate(cache.Resource, 9000);

        var environment = await Declared.EnvironmentAsync(web.Resource);

        Assert.Equal(["CACHE_ADMIN", "services__cache__admin__0"], environment.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WithReferenceEnvironment_ServiceDiscoveryAlone_LeavesTheRestOut()
    {
        var builder = Declared.Builder();
        var api = builder.AddProject<Declared.Project>("api", "http");
        var web = builder.AddExecutable("web", "true", ".").WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery).WithReference(api);
        Declared.Allocate(api.Resource, 9000);

        var environment = await Declared.EnvironmentAsync(web.Resource);

        Assert.Equal(["services__api__http__0"], environment.Keys);
    }

    [Fact]
    public async Task WithReference_ToAConnectionString_TellsItAndItsPartsAndWhichAreSecret()
    {
        var builder = Declared.Builder("--Parameters:db-password=p@ss");
        var password = builder.AddParameter("db-password", secret: true);
        var postgres = builder.AddPostgres("db", password: password);
        var catalog = postgres.AddDatabase("catalog");
        var api = builder.AddExecutable("api", "true", ".").WithReference(catalog);
        Declared.Allocate(postgres.Resource, 5432);

        var resolved = await Declared.ResolveAsync(api.Resource);

        var host = postgres.GetEndpoint("tcp").Host;
        Assert.Equal($"Host={host};Port=5432;Username=postgres;Password=p@ss;Database=catalog", resolved.Environment["ConnectionStrings__catalog"].Text);
        Assert.Equal($"postgresql://postgres:p%40ss@{host}:5432/catalog", resolved.Environment["CATALOG_URI"].Text);
        Assert.Equal("catalog", resolved.Environment["CATALOG_DATABASENAME"].Text);
        Assert.True(resolved.Environment["ConnectionStrings__catalog"].IsSecret);
        Assert.True(resolved.Environment["CATALOG_PASSWORD"].IsSecret);
        Assert.False(resolved.Environment["CATALOG_HOST"].IsSecret);
    }

    [Fact]
    public async Task WithReference_WhenPublishing_TellsExpressions()
    {
        var builder = Declared.Builder();
        var api = builder.AddContainer("api", "acme/api").WithHttpEndpoint(targetPort: 80);
        var web = builder.AddContainer("web", "acme/web").WithReference(api.GetEndpoint("http"));

        var environment = await Declared.EnvironmentAsync(web.Resource, DistributedApplicationOperation.Publish);

        Assert.Equal("{api.bindings.http.url}", environment["services__api__http__0"]);
    }

    [Fact]
    public async Task Environment_WithAMissingParameter_NamesResourceVariableAndKey()
    {
        var builder = Declared.Builder();
        var key = builder.AddParameter("api-key", secret: true);
        var api = builder.AddExecutable("api", "true", ".").WithEnvironment("KEY", key);

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => Declared.ResolveAsync(api.Resource));

        Assert.StartsWith("api: environment variable KEY: Parameter 'api-key' has no value.", error.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet user-secrets set Parameters:api-key", error.Message, StringComparison.Ordinal);
        Assert.Contains("Parameters__api_key", error.Message, StringComparison.Ordinal);
    }
}
