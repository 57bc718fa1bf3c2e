using System.Net;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.EngineTests;

/// <summary>Describes what the gateway does while there is nobody to send a request to.</summary>
public sealed class GatewayOutageTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    // Were they answered one after the other, the last would wait for longer than a client does.
    private const int Clients = 12;
    private static readonly Uri Page = new("/hostname", UriKind.Relative);

    [Fact]
    public async Task NoReplicaLeft_EveryClientIsToldSo_AndAnsweredOnceOneIsBack()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, "compose");
        using var gateway = new GatewayClient(folder.HttpsPort);
        await folder.PublishAsync("outage", builder =>
        {
            var web = builder
                .AddContainer("web", "docker.io/library/busybox", "1.37.0")
                .WithEntrypoint("httpd")
                .WithArgs("-f", "-p", "8080", "-h", "/etc")
                .WithHttpEndpoint(targetPort: 8080);
            builder
                .AddGateway<Solution.GatewayProject>("gateway")
                .WithRoute("/", web)
                .WithHttps()
                .WithPublicPorts(folder.HttpPort, folder.HttpsPort);
            builder.AddDockerComposeTarget();
        });
        await folder.SucceedAsync("deploy.sh");
        await AnsweredAsync();

        await engine.RunAsync(["compose", "kill", "web"], TestContext.Current.CancellationToken, folder.Path);

        Assert.All(await gateway.AnswersAsync(Clients, Page), static status =>
            Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadGateway])
        );
        await engine.RunAsync(["compose", "start", "web"], TestContext.Current.CancellationToken, folder.Path);
        await AnsweredAsync();
        await folder.SucceedAsync("destroy.sh", "--volumes");

        Task AnsweredAsync() =>
            Until.TrueAsync(
                async () => (await gateway.AnswersAsync(Clients, Page)).All(static status => status == HttpStatusCode.OK),
                TimeSpan.FromMinutes(2),
                static () => "Not every client was answered.",
                TestContext.Current.CancellationToken
            );
    }
}
