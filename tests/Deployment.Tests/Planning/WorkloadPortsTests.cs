using Aspire.Hosting;
using AspireDeploy.Plan;

namespace AspireDeploy.Tests.Planning;

public class WorkloadPortsTests
{
    [Fact]
    public async Task Build_AProjectWithALaunchProfile_ListensOn8080() =>
        Assert.Equal([new Port("http", 8080, "http")], (await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api"))).Ports);

    [Fact]
    public async Task Build_AProjectsSecondEndpoint_GetsTheNextPort() =>
        Assert.Equal([new Port("admin", 8081, "http"), new Port("http", 8080, "http")], (await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api").WithHttpEndpoint(name: "admin"))).Ports);

    [Fact]
    public async Task Build_APortThatIsDeclared_IsLeftToWhoDeclaredIt() =>
        Assert.Equal([new Port("admin", 8080, "http"), new Port("http", 8081, "http")],
            (await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api").WithHttpEndpoint(targetPort: 8080, name: "admin"))).Ports);

    [Fact]
    public async Task Build_AnExternalEndpoint_HasItsPortOutside() =>
        Assert.Equal([new Port("http", 8080, "http") { External = true, ExternalNumber = 80 }],
            (await Planned.WorkloadAsync("web", static builder => builder.AddContainer("web", "example/web").WithHttpEndpoint(port: 80, targetPort: 8080).WithExternalHttpEndpoints())).Ports);

    [Fact]
    public async Task Build_AContainersEndpointForHttps_StaysOne() =>
        Assert.Equal([new Port("https", 8443, "https")], (await Planned.WorkloadAsync("web", static builder => builder.AddContainer("web", "example/web").WithHttpsEndpoint(targetPort: 8443))).Ports);

    [Fact]
    public async Task Build_AContainersEndpointWithoutAPort_IsRefused() =>
        Assert.Equal(["web.ports.http: says no port that the image listens on; write WithEndpoint(targetPort: …)"],
            await Planned.RefusalsAsync(static builder => builder.AddContainer("web", "example/web").WithHttpEndpoint()));
}
