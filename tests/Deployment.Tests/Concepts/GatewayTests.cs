using System.Reflection;
using System.Reflection.Emit;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Gateways;

namespace AspireDeploy.Tests.Concepts;

public class GatewayTests
{
    private static IResourceBuilder<GatewayResource> Gateway(IDistributedApplicationBuilder? builder = null, string name = "gateway") =>
        (builder ?? Declared.Application()).AddGateway<Declared.GatewayProject>(name);

    private static IResourceBuilder<ContainerResource> Service(IDistributedApplicationBuilder builder) =>
        builder.AddContainer("api", "example/api").WithHttpEndpoint(targetPort: 8080);

    [Fact]
    public void AddGateway_WithHttps_ListensOnBothLocalPorts()
    {
        var gateway = Gateway().WithHttps();

        Assert.Equal(
            [("http", 7080), ("https", 7443)],
            gateway.Resource.Annotations.OfType<EndpointAnnotation>().Select(static endpoint => (endpoint.Name, endpoint.Port!.Value))
        );
    }

    [Fact]
    public void AddGateway_WithoutHttps_ListensForHttpAlone() =>
        Assert.Equal(["http"], Gateway().Resource.Annotations.OfType<EndpointAnnotation>().Select(static endpoint => endpoint.Name));

    [Fact]
    public void AddGateway_AnAppHostWithoutTheBuildFiles_SaysHowToGetThem() =>
        Assert.Equal(
            "gateway: the program of AddGateway comes with the package AspireDeploy.Hosting, and Deployment.Tests was built without "
                + "the package's build files; build the AppHost with "
                + "Aspire.AppHost.Sdk and without ExcludeAssets=\"build\", or name a project of your own with AddGateway<Projects.…>",
            Declared.Refusal(() => Declared.Application().AddGateway("gateway"))
        );

    [Fact]
    public void AddGateway_AProgramThatHasGone_SaysWhereItWas()
    {
        var appHost = AssemblyBuilder.DefineDynamicAssembly(
            new("AppHost"),
            AssemblyBuilderAccess.Run,
            [
                new(
                    typeof(AssemblyMetadataAttribute).GetConstructors().Single(),
                    ["AspireDeploy.GatewayPath", "/elsewhere/AspireDeploy.Gateway.dll"]
                ),
            ]
        );

        Assert.Equal(
            "gateway: the program of AddGateway is no longer at /elsewhere/AspireDeploy.Gateway.dll; build the AppHost again",
            Declared.Refusal(() => GatewayProgram.Find(appHost, "gateway"))
        );
    }

    [Fact]
    public void AddGateway_Published_NeedsNoProgram()
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { DisableDashboard = true, Args = ["--operation", "publish"] }
        );

        Assert.True(builder.AddGateway("gateway").Resource.IsExcludedFromPublish());
    }

    [Fact]
    public void AddGateway_OnePortForBoth_IsRefused() =>
        Assert.Equal(
            "gateway.httpsPort: 7443 is the port for HTTP already",
            Declared.Refusal(() => Declared.Application().AddGateway<Declared.GatewayProject>("gateway", httpPort: 7443))
        );

    [Fact]
    public void WithRoute_AServiceWithHttpAndHttps_IsReachedByPlainHttp()
    {
        var builder = Declared.Application();
        var api = builder.AddContainer("api", "example/api").WithHttpsEndpoint(targetPort: 8443).WithHttpEndpoint(targetPort: 8080);

        Assert.Equal("http", Gateway(builder).WithRoute("/", api).Resource.Routes.Single().Endpoint.EndpointName);
    }

    [Fact]
    public void WithRoute_AnEndpointDeclaredLater_IsFound()
    {
        var builder = Declared.Application();
        var api = builder.AddContainer("api", "example/api");
        var gateway = Gateway(builder).WithRoute("/", api);
        api.WithHttpEndpoint(targetPort: 8080, name: "web");

        Assert.Equal("web", gateway.Resource.Routes.Single().Endpoint.EndpointName);
        Assert.Empty(builder.Mistakes());
    }

    [Theory]
    [InlineData("api")]
    [InlineData("/api/")]
    [InlineData("")]
    [InlineData("/a b")]
    [InlineData("//")]
    [InlineData("/a//b")]
    [InlineData("/..")]
    [InlineData("/a/../b")]
    [InlineData("/./a")]
    [InlineData("/a/.")]
    public void WithRoute_NotAPath_IsRefused(string path)
    {
        var builder = Declared.Application();

        Assert.Equal(
            $"gateway.routes.{path}: \"{path}\" is not a path; write / or one like /api",
            Declared.Refusal(() => Gateway(builder).WithRoute(path, Service(builder)))
        );
    }

    [Fact]
    public void WithRoute_DotsWithinASegment_AreAPath()
    {
        var builder = Declared.Application();

        Assert.Equal(
            ["/.well-known/a..b"],
            Gateway(builder).WithRoute("/.well-known/a..b", Service(builder)).Resource.Routes.Select(static route => route.PathPrefix)
        );
    }

    [Fact]
    public void WithRoute_APathTwice_IsRefused()
    {
        var builder = Declared.Application();
        var api = Service(builder);

        Assert.Equal(
            "gateway.routes./: is routed twice; take one away",
            Declared.Refusal(() => Gateway(builder).WithRoute("/", api).WithRoute("/", api))
        );
    }

    [Fact]
    public void Check_ARouteToAServiceWithoutHttp_NamesWhatItHas()
    {
        var builder = Declared.Application();
        var cache = builder.AddContainer("cache", "example/cache").WithEndpoint(targetPort: 6379, name: "tcp");
        Gateway(builder).WithRoute("/", cache);

        Assert.Equal(
            ["cache.endpoints: the route \"/\" needs an HTTP endpoint of it, and it has \"tcp\" (tcp); declare one with WithHttpEndpoint"],
            builder.Mistakes()
        );
    }

    [Fact]
    public void Check_ARouteToAnEndpointThatIsNotThere_NamesIt()
    {
        var builder = Declared.Application();
        Gateway(builder).WithRoute("/", Service(builder), endpointName: "admin");

        Assert.Equal(
            [
                "api.endpoints: the route \"/\" needs an HTTP endpoint \"admin\" of it, and it has \"http\" (http); declare one "
                    + "with WithHttpEndpoint",
            ],
            builder.Mistakes()
        );
    }

    [Fact]
    public void Check_NoRoute_IsRefused()
    {
        var builder = Declared.Application();
        Gateway(builder);

        Assert.Equal(["gateway.routes: nothing is routed; add a route with WithRoute(\"/\", service)"], builder.Mistakes());
    }

    [Fact]
    public void Check_TwoGatewaysOnAPort_NamesBoth()
    {
        var builder = Declared.Application();
        var api = Service(builder);
        Gateway(builder).WithRoute("/", api);
        Gateway(builder, "other").WithRoute("/", api);

        Assert.Equal(
            ["other.ports.http: 7080 is gateway's already; give AddGateway(\"other\", httpPort, httpsPort) two others"],
            builder.Mistakes()
        );
    }

    [Theory]
    [InlineData("https://shop.example.com")]
    [InlineData("shop.example.com:443")]
    [InlineData("shop example")]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("my_shop.example.com")]
    public void WithHttps_NotAHostName_IsRefused(string host) =>
        Assert.Equal(
            $"gateway.host: \"{host}\" is not a host name; write one like shop.example.com, without scheme, port or path",
            Declared.Refusal(() => Gateway().WithHttps(host))
        );

    [Fact]
    public void WithHttps_AHostInCapitals_IsServedInLowerCase() =>
        Assert.Equal(
            "shop.example.com",
            Gateway().WithHttps("Shop.Example.COM").Resource.Annotations.OfType<GatewayHttpsAnnotation>().Single().Host
        );

    [Fact]
    public void WithHttps_ASecretParameter_IsRefused()
    {
        var builder = Declared.Application();
        var host = builder.AddParameter("host", secret: true);

        Assert.Equal(
            "gateway.host: a secret can't be a host name, and host is one",
            Declared.Refusal(() => Gateway(builder).WithHttps(host))
        );
    }

    [Fact]
    public void WithPublicPorts_NotPorts_AreRefused() =>
        Assert.Equal(
            "gateway.httpPort: 0 is not a port; one is from 1 to 65535",
            Declared.Refusal(() => Gateway().WithPublicPorts(0, 443))
        );

    [Fact]
    public async Task StartAsync_ADeclarationWithAMistake_StartsNothing()
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { Args = ["--operation", "publish"], DisableDashboard = true }
        );
        Gateway(builder);
        await using var application = builder.Build();

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            application.StartAsync(TestContext.Current.CancellationToken)
        );

        Assert.StartsWith("gateway.routes: nothing is routed", refused.Message, StringComparison.Ordinal);
    }
}
