using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Targets.Swarm;
using ModelProperty = Aspire.Hosting.ApplicationModel.EndpointProperty;

namespace AspireDeploy.Tests.Reading;

/// <summary>Describes what a reference to an endpoint for HTTPS is, where a gateway serves it: a callback URL.</summary>
public class PublicAddressTests
{
    private delegate void Declaration(
        IDistributedApplicationBuilder builder,
        IResourceBuilder<GatewayResource> gateway,
        IResourceBuilder<ProjectResource> shop,
        IResourceBuilder<ContainerResource> pay
    );

    private static Action<IDistributedApplicationBuilder> Declared(Declaration declare) =>
        builder =>
        {
            var shop = builder.AddProject<Shop>("shop").WithExternalHttpEndpoints();
            var pay = builder.AddContainer("pay", "example/pay").WithHttpEndpoint(targetPort: 8080);
            declare(builder, builder.AddGateway<Planned.Worker>("gateway"), shop, pay);
        };

    private static async Task<string> ValueAsync(Declaration declare, string name = "CALLBACK") =>
        (await Planned.WorkloadAsync("pay", Declared(declare))).Environment.Single(variable => variable.Name == name).Value.ToString();

    [Theory]
    [InlineData("/", false, "{gateway.url}/paid")]
    [InlineData("/shop", true, "{gateway.url}/shop/paid")]
    [InlineData("/shop", false, "{gateway.url}/paid")]
    public async Task Build_HttpsOfARoutedService_IsThePublicName_AndThePathThatTheGatewayTakesOff(
        string path,
        bool strip,
        string expected
    ) =>
        Assert.Equal(
            expected,
            await ValueAsync(
                (_, gateway, shop, pay) =>
                {
                    gateway.WithRoute(path, shop, stripPrefix: strip).WithHttps("shop.example.com");
                    pay.WithEnvironment("CALLBACK", ReferenceExpression.Create($"{shop.GetEndpoint("https")}/paid"));
                }
            )
        );

    [Theory]
    [InlineData(ModelProperty.Url, "{gateway.url}")]
    [InlineData(ModelProperty.Host, "{gateway.host}")]
    [InlineData(ModelProperty.Port, "{gateway.port}")]
    [InlineData(ModelProperty.HostAndPort, "{gateway.hostandport}")]
    [InlineData(ModelProperty.Scheme, "{gateway.scheme}")]
    [InlineData(ModelProperty.TlsEnabled, "True")]
    [InlineData(ModelProperty.TargetPort, "{shop.http.targetport}")]
    public async Task Build_APropertyOfIt_IsThePublicNames(ModelProperty property, string expected) =>
        Assert.Equal(
            expected,
            await ValueAsync(
                (_, gateway, shop, pay) =>
                {
                    gateway.WithRoute("/", shop).WithHttps("shop.example.com");
                    pay.WithEnvironment("CALLBACK", shop.GetEndpoint("https").Property(property));
                }
            )
        );

    [Theory]
    [InlineData("services__shop__https__0")]
    [InlineData("services__shop__http__0")]
    [InlineData("SHOP_HTTPS")]
    public async Task Build_AReferenceToTheService_StaysInside(string variable) =>
        Assert.Equal(
            "{shop.http.url}",
            await ValueAsync(
                static (_, gateway, shop, pay) =>
                {
                    gateway.WithRoute("/", shop).WithHttps("shop.example.com");
                    pay.WithReference(shop);
                },
                variable
            )
        );

    [Fact]
    public async Task Build_ItsHttp_IsInside_UnlessThePublicInternetsIsAskedFor()
    {
        var environment = (
            await Planned.WorkloadAsync(
                "pay",
                Declared(
                    static (_, gateway, shop, pay) =>
                    {
                        gateway.WithRoute("/", shop).WithHttps("shop.example.com");
                        pay.WithEnvironment("INSIDE", shop.GetEndpoint("http"))
                            .WithEnvironment("OUTSIDE", shop.GetEndpoint("http", KnownNetworkIdentifiers.PublicInternet));
                    }
                )
            )
        ).Environment.ToDictionary(static variable => variable.Name, static variable => variable.Value.ToString());

        Assert.Equal(("{shop.http.url}", "{gateway.url}"), (environment["INSIDE"], environment["OUTSIDE"]));
    }

    [Fact]
    public async Task Build_HttpsOfAServiceThatIsNotExternal_IsInside() =>
        Assert.Equal(
            "{inner.http.url}",
            await ValueAsync(
                static (builder, gateway, shop, pay) =>
                {
                    var inner = builder.AddProject<Shop>("inner");
                    gateway.WithRoute("/", shop).WithRoute("/inner", inner).WithHttps("shop.example.com");
                    pay.WithEnvironment("CALLBACK", inner.GetEndpoint("https"));
                }
            )
        );

    [Fact]
    public async Task Build_HttpsWhereTheGatewayServesHttpAlone_IsRefused() =>
        Assert.Equal(
            [
                "pay.env.CALLBACK: refers to shop's endpoint \"https\" outside, and gateway serves HTTP alone; "
                    + "declare HTTPS, gateway.WithHttps(\"shop.example.com\"), or refer to the endpoint for HTTP, which is the "
                    + "address inside",
            ],
            await Planned.RefusalsAsync(
                Declared(
                    static (_, gateway, shop, pay) =>
                    {
                        gateway.WithRoute("/", shop);
                        pay.WithEnvironment("CALLBACK", shop.GetEndpoint("https"));
                    }
                )
            )
        );

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    [InlineData("kubernetes")]
    [InlineData("nomad")]
    [InlineData("azure")]
    public async Task Write_ItForATarget_IsTheNameOutside(string target) =>
        Assert.Contains(
            "https://shop.example.com/paid",
            await PaidAsync(target, static gateway => gateway.WithHttps("shop.example.com")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("compose", "https://${GATEWAY_HOST-localhost}/paid")]
    [InlineData("swarm", "https://${GATEWAY_HOST-localhost}/paid")]
    [InlineData("kubernetes", "https://$(PARAMETER_GATEWAY_HOST)/paid")]
    [InlineData("nomad", "https://{{ with nomadVar")]
    [InlineData("azure", "https://shop.${")]
    public async Task Write_ItWhereTheHostIsChosenAtDeployment_RefersToTheSetting(string target, string expected) =>
        Assert.Contains(expected, await PaidAsync(target, static gateway => gateway.WithHttps()), StringComparison.Ordinal);

    // The lines that the address stands in.
    private static async Task<string> PaidAsync(string name, Action<IResourceBuilder<GatewayResource>> https)
    {
        var plan = await Planned.OfAsync(
            Declared(
                (_, gateway, shop, pay) =>
                {
                    https(gateway.WithRoute("/", shop));
                    pay.WithEnvironment("CALLBACK", ReferenceExpression.Create($"{shop.GetEndpoint("https")}/paid"));
                }
            )
        );
        ITarget target = name switch
        {
            "compose" => new ComposeTarget(),
            "swarm" => new SwarmTarget(),
            "kubernetes" => new KubernetesTarget(),
            "nomad" => new NomadTarget(),
            _ => new AzureContainerAppsTarget(new() { CustomDomain = plan.Gateway!.Host.AsLiteral is null ? null : new(null, null) }),
        };
        return string.Join(
            '\n',
            target
                .Write(plan)
                .SelectMany(static file => file.Content.Split('\n'))
                .Where(static line => line.Contains("/paid", StringComparison.Ordinal))
        );
    }

    /// <summary>A project that listens for HTTPS and HTTP, as a new one does.</summary>
    private sealed class Shop : IProjectMetadata
    {
        public string ProjectPath => "/shop/Shop/Shop.csproj";

        public LaunchSettings? LaunchSettings { get; } =
            new()
            {
                Profiles =
                {
                    ["https"] = new() { CommandName = "Project", ApplicationUrl = "https://localhost:7080;http://localhost:5080" },
                },
            };
    }
}
