using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Reading;

public class GatewayReadingTests
{
    private static Task<DeploymentPlan> OfAsync(Action<IDistributedApplicationBuilder, IResourceBuilder<GatewayResource>> declare) =>
        Planned.OfAsync(builder =>
            declare(
                builder,
                builder
                    .AddGateway<Planned.Worker>("gateway")
                    .WithRoute("/", builder.AddProject<Planned.Web>("api").WithReplicas(3).WithExternalHttpEndpoints())
            )
        );

    [Fact]
    public async Task Build_AGateway_IsThePlansGateway_AndNoWorkload()
    {
        var plan = await OfAsync(static (_, _) => { });

        Assert.Equal(
            new()
            {
                Name = "gateway",
                Routes = [new("/", "api", "http")],
                Host = "localhost",
                Certificate = CertificateMode.None,
            },
            plan.Gateway
        );
        Assert.Equal(["api"], plan.Workloads.Select(static workload => workload.Name));
    }

    [Fact]
    public async Task Build_AnExternalEndpointBehindTheGateway_IsReachedThroughItAlone() =>
        Assert.False((await OfAsync(static (_, _) => { })).WorkloadNamed("api").PortNamed("http").External);

    [Theory]
    [InlineData("shop.example.com", nameof(CertificateMode.Automatic))]
    [InlineData("localhost", nameof(CertificateMode.Internal))]
    [InlineData("shop.internal", nameof(CertificateMode.Internal))]
    [InlineData("shop.LOCAL", nameof(CertificateMode.Internal))]
    public async Task Build_AHost_HasACertificateThatCanBeHadForIt(string host, string certificate)
    {
        var gateway = (await OfAsync((_, gateway) => gateway.WithHttps(host, email: "ops@example.com"))).Gateway!;

        Assert.Equal(
            (host.ToLowerInvariant(), Enum.Parse<CertificateMode>(certificate), "ops@example.com"),
            (gateway.Host.AsLiteral, gateway.Certificate, gateway.CertificateEmail)
        );
    }

    [Fact]
    public async Task Build_NoHost_IsChosenAtDeployment_AndLocalhostUnlessItIs()
    {
        var plan = await OfAsync(static (_, gateway) => gateway.WithHttps());

        Assert.Equal(new Template([new ParameterReference("gateway-host")]), plan.Gateway!.Host);
        Assert.Equal(("gateway-host", "localhost"), (plan.Parameters.Single().Name, plan.Parameters.Single().Default));
    }

    [Fact]
    public async Task Build_AHostFromAParameter_IsThatParameter()
    {
        var plan = await OfAsync(static (builder, gateway) => gateway.WithHttps(builder.AddParameter("host")));

        Assert.Equal(new Template([new ParameterReference("host")]), plan.Gateway!.Host);
        Assert.Equal([new Parameter("host")], plan.Parameters);
    }

    [Fact]
    public async Task Build_PortsAndMemory_AreTheGateways()
    {
        var gateway = (await OfAsync(static (_, gateway) => gateway.WithHttps().WithPublicPorts(8080, 8443).WithMemory("128Mi"))).Gateway!;

        Assert.Equal(
            (8080, 8443, new AspireDeploy.Model.Memory(Size.Mebibytes(128), Size.Mebibytes(128))),
            (gateway.HttpPort, gateway.HttpsPort, gateway.Memory)
        );
    }

    [Fact]
    public async Task Build_ASecondGateway_IsRefused() =>
        Assert.Equal(
            ["other: is a second gateway beside gateway, and a deployment has one gateway; give its routes to gateway"],
            await Planned.RefusalsAsync(static builder =>
            {
                var api = builder.AddProject<Planned.Web>("api");
                builder.AddGateway<Planned.Worker>("gateway").WithRoute("/", api);
                builder.AddGateway<Planned.Worker>("other", 7081, 7444).WithRoute("/", api);
            })
        );
}
