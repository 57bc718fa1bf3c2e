using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Targets.Swarm;

namespace AspireDeploy.Tests.Reading;

public class WorkloadPortsTests
{
    [Fact]
    public async Task Build_AProjectWithALaunchProfile_ListensOn8080() =>
        Assert.Equal(
            [new Port("http", 8080, "http")],
            (await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api"))).Ports
        );

    [Fact]
    public async Task Build_AProjectsSecondEndpoint_GetsTheNextPort() =>
        Assert.Equal(
            [new Port("admin", 8081, "http"), new Port("http", 8080, "http")],
            (
                await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api").WithHttpEndpoint(name: "admin"))
            ).Ports
        );

    [Fact]
    public async Task Build_APortThatIsDeclared_IsLeftToWhoDeclaredIt() =>
        Assert.Equal(
            [new Port("admin", 8080, "http"), new Port("http", 8081, "http")],
            (
                await Planned.WorkloadAsync("api", static builder =>
                    builder.AddProject<Planned.Web>("api").WithHttpEndpoint(targetPort: 8080, name: "admin")
                )
            ).Ports
        );

    [Fact]
    public async Task Build_AnExternalEndpoint_HasItsPortOutside() =>
        Assert.Equal(
            [new Port("http", 8080, "http") { External = true, ExternalNumber = 80 }],
            (
                await Planned.WorkloadAsync("web", static builder =>
                    builder.AddContainer("web", "example/web").WithHttpEndpoint(port: 80, targetPort: 8080).WithExternalHttpEndpoints()
                )
            ).Ports
        );

    [Fact]
    public async Task Build_ExternalEndpointsThatDeclareNoPort_HaveOneEachOutside()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            builder.AddProject<Planned.Web>("a").WithExternalHttpEndpoints();
            builder.AddProject<Planned.Web>("b").WithExternalHttpEndpoints();
            builder.AddContainer("c", "example/c").WithHttpEndpoint(port: 8081, targetPort: 80).WithExternalHttpEndpoints();
            builder.AddContainer("d", "example/d").WithHttpEndpoint(port: 8080, targetPort: 8080);
        });

        Assert.Equal([new Port("http", 8080, "http") { External = true, ExternalTlsBeside = true }], plan.WorkloadNamed("a").Ports);
        Assert.Equal(
            [
                new Port("http", 8080, "http")
                {
                    External = true,
                    ExternalNumber = 8082,
                    ExternalTlsBeside = true,
                },
            ],
            plan.WorkloadNamed("b").Ports
        );
        Assert.Equal([new Port("http", 80, "http") { External = true, ExternalNumber = 8081 }], plan.WorkloadNamed("c").Ports);
        var reported = new SwarmTarget().Concepts.Judge(plan);
        Assert.Contains(reported, static result => result is { Key: "b.external-port", Declared: "http 8082" });
    }

    [Fact]
    public async Task Build_AProjectsEndpointForHttpsAlone_IsRefusedWhereNothingEndsTls()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            builder.AddProject<Planned.Worker>("shop").WithHttpsEndpoint(port: 8443).WithExternalHttpEndpoints();
            // What is external by HTTP too was meant to be.
            builder.AddProject<Planned.Web>("site").WithHttpsEndpoint(port: 9443).WithExternalHttpEndpoints();
        });

        Assert.Equal(
            [
                new Port("https", 8080, "http")
                {
                    External = true,
                    ExternalTls = true,
                    ExternalNumber = 8443,
                },
            ],
            plan.WorkloadNamed("shop").Ports
        );
        foreach (var target in (ITarget[])[new ComposeTarget(), new SwarmTarget(), new KubernetesTarget(), new NomadTarget()])
        {
            var lost = Assert.Single(target.Concepts.Judge(plan), IsLost);
            Assert.Equal("shop", lost.Resource);
            Assert.Equal(
                "route to shop through a gateway with .WithHttps(...), or declare WithHttpEndpoint and make that external",
                ((Unsupported)lost.Outcome).Remedy
            );
        }
        Assert.DoesNotContain(new AzureContainerAppsTarget().Concepts.Judge(plan), IsLost);

        static bool IsLost(ConceptResult result) => result is { Definition.Concept: Concept.ExternalPort, Outcome: Unsupported };
    }

    [Fact]
    public async Task Build_AContainersEndpointForHttps_StaysOne() =>
        Assert.Equal(
            [new Port("https", 8443, "https")],
            (
                await Planned.WorkloadAsync("web", static builder =>
                    builder.AddContainer("web", "example/web").WithHttpsEndpoint(targetPort: 8443)
                )
            ).Ports
        );

    [Fact]
    public async Task Build_AContainersEndpointWithoutAPort_GetsOneThatItsVariableTells()
    {
        var web = await Planned.WorkloadAsync("web", static builder =>
            builder.AddContainer("web", "example/web").WithHttpEndpoint(env: "PORT")
        );

        Assert.Equal([new Port("http", 8000, "http")], web.Ports);
        Assert.Equal(
            [new EnvironmentVariable("PORT", [new EndpointReference("web", "http", EndpointProperty.TargetPort)])],
            web.Environment
        );
    }

    [Fact]
    public async Task Build_AnExternalPortThatTheGatewayHas_GetsTheNextOutside() =>
        Assert.Equal(
            [new Port("http", 80, "http") { External = true, ExternalNumber = 81 }],
            (await Planned.WorkloadAsync("page", static builder =>
                {
                    builder.AddContainer("page", "example/page").WithHttpEndpoint(targetPort: 80).WithExternalHttpEndpoints();
                    builder
                        .AddGateway<Planned.Worker>("gateway")
                        .WithRoute("/", builder.AddContainer("web", "example/web").WithHttpEndpoint(targetPort: 8080));
                })).Ports
        );

    [Fact]
    public async Task Build_AnEndpointOfHttp2_SaysSo_AndTheGatewaySpeaksIt()
    {
        var plan = await Planned.OfAsync(static builder =>
            builder
                .AddGateway<Planned.Worker>("gateway")
                .WithRoute("/", builder.AddContainer("grpc", "example/grpc").WithHttpEndpoint(targetPort: 8080).AsHttp2Service())
        );

        Assert.Equal([new Port("http", 8080, "http") { Http2 = true }], plan.WorkloadNamed("grpc").Ports);
        Assert.All(
            [
                TargetCatalog.All.Single(static target => target.Kind == "compose"),
                TargetCatalog.All.Single(static target => target.Kind == "swarm"),
            ],
            target =>
                Assert.Contains(
                    "\t\t\t\t\tversions h2c 2\n",
                    Publication
                        .Create(plan, target, [])
                        .Files.Single(static file => file.Path.EndsWith("Caddyfile", StringComparison.Ordinal))
                        .Content,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task Report_AnEndpointForHttpsBesideOneForHttp_IsSaidToBeServedByHttp()
    {
        var plan = await Planned.OfAsync(static builder => builder.AddContainer("web", "example/web").WithHttpEndpoint(targetPort: 80));
        var external = plan with
        {
            Workloads = [plan.Workloads[0] with { Ports = [new Port("http", 80, "http") { External = true, ExternalTlsBeside = true }] }],
        };

        Assert.Equal(
            "weakened: `ports`. web is reached from outside by HTTP alone: nothing ends TLS before its port 80. Remedy: route to "
                + "web through a gateway with .WithHttps(...)",
            Targets.Outcome.Of(TargetCatalog.All.Single(static target => target.Kind == "compose"), external, "web.external-port")
        );
    }
}
