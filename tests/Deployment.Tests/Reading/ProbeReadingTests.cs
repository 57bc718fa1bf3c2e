using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Reading;

public class ProbeReadingTests
{
    private static async Task<Probes> OfAsync(Action<IResourceBuilder<ProjectResource>> declare) =>
        (await Planned.WorkloadAsync("api", builder => declare(builder.AddProject<Planned.Web>("api")))).Probes;

    [Fact]
    public async Task Build_AnHttpHealthCheck_IsReadiness() =>
        Assert.Equal(
            new Probes { Readiness = new(new HttpProbe("http", "/health")) { Period = TimeSpan.FromSeconds(5) } },
            await OfAsync(static api => api.WithHttpHealthCheck("/health"))
        );

    [Fact]
    public async Task Build_AnHttpProbe_KeepsItsNumbers() =>
        Assert.Equal(
            new Probe(new HttpProbe("http", "/alive"))
            {
                InitialDelay = TimeSpan.FromSeconds(1),
                Period = TimeSpan.FromSeconds(2),
                Timeout = TimeSpan.FromSeconds(3),
                FailureThreshold = 4,
            },
            (
                await OfAsync(static api =>
                    api.WithHttpProbe(
                        ProbeType.Liveness,
                        "/alive",
                        initialDelaySeconds: 1,
                        periodSeconds: 2,
                        timeoutSeconds: 3,
                        failureThreshold: 4
                    )
                )
            ).Liveness
        );

    [Fact]
    public async Task Build_ALivenessProbeBesideAHealthCheck_AreOneOfEach()
    {
        var probes = await OfAsync(static api => api.WithHttpProbe(ProbeType.Liveness, "/alive").WithHttpHealthCheck("/health_of/me"));

        Assert.Equal(
            (new HttpProbe("http", "/alive"), new HttpProbe("http", "/health_of/me"), null),
            (probes.Liveness?.Action, probes.Readiness?.Action, probes.Startup)
        );
    }

    [Fact]
    public async Task Build_PostgresAndRedis_AreAskedByTheirOwnCommands()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            builder.AddPostgres("postgres");
            builder.AddRedis("cache");
        });

        Assert.Equal(new ExecProbe(WellKnownImages.PostgreSql.ReadinessCommand), plan.WorkloadNamed("postgres").Probes.Readiness?.Action);
        Assert.Equal(new ExecProbe(WellKnownImages.Redis.ReadinessCommand), plan.WorkloadNamed("cache").Probes.Readiness?.Action);
    }

    [Fact]
    public async Task Build_AKnownImageWithAnotherProgram_IsNotThatServer()
    {
        var api = await Planned.WorkloadAsync("api", static builder =>
            builder.AddContainer("api", "postgres", "18").WithEntrypoint("/bin/sh").WithArgs("-c", "psql --command='select 1'")
        );

        Assert.Null(api.Probes.Readiness);
        Assert.Equal((UpdateOrder.StartFirst, true), (api.Update, api.Outbound));
        Assert.Equal(WellKnownImages.PostgreSql.Isolation, api.Isolation);
    }

    [Fact]
    public async Task Build_AHealthCommand_IsAskedInPlaceOfTheHttpCheck()
    {
        var api = await Planned.WorkloadAsync("api", static builder =>
            builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/health").WithExecProbe(ProbeType.Readiness, ["ask", "me"])
        );

        Assert.Equal(new ExecProbe(["ask", "me"]), api.Probes.Readiness?.Action);
        Assert.Empty(api.HealthCommand);
    }

    [Fact]
    public async Task Build_ACheckThatIsCodeOfTheAppHost_IsAConnection()
    {
        Action<IDistributedApplicationBuilder> declare = static builder => builder.AddProject<Planned.Web>("api").WithHealthCheck("custom");

        Assert.Equal(
            [
                "api.readiness (the health check \"custom\") weakened: The health check \"custom\" is code of the AppHost, which "
                    + "isn't deployed; a connection to http is asked for in its place. "
                    + "Remedy: declare WithHttpProbe(ProbeType.Readiness, …) or WithExecProbe(ProbeType.Readiness, …)",
            ],
            await Planned.ShortAsync(declare)
        );
        Assert.Equal(new TcpProbe("http"), (await Planned.WorkloadAsync("api", declare)).Probes.Readiness?.Action);
    }

    [Fact]
    public async Task Build_ACheckThatIsCodeOfTheAppHost_OfOneWithoutAPort_IsntAsked() =>
        Assert.Equal(
            [
                "worker.health isn't deployed: The health check \"custom\" is code of the AppHost, which isn't deployed. Remedy: "
                    + "declare WithExecProbe(ProbeType.Readiness, …).",
            ],
            await Planned.ShortAsync(static builder => builder.AddProject<Planned.Worker>("worker").WithHealthCheck("custom"))
        );

    [Fact]
    public async Task Build_TwoHttpChecks_AskTheFirst()
    {
        Action<IDistributedApplicationBuilder> declare = static builder =>
            builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/a").WithHttpHealthCheck("/b");

        Assert.Equal(
            [
                "api.readiness (GET /a (http) and GET /b (http)) weakened: An engine asks one question for readiness, so GET /b "
                    + "(http) isn't asked. Remedy: say which counts with WithHttpProbe(ProbeType.Readiness, …)",
            ],
            await Planned.ShortAsync(declare)
        );
        Assert.Equal(new HttpProbe("http", "/a"), (await Planned.WorkloadAsync("api", declare)).Probes.Readiness?.Action);
    }

    [Fact]
    public async Task Build_TwoHttpChecksBesideACommand_SayThatTheSecondIsntAsked() =>
        Assert.Equal(
            [
                "api.readiness (GET /a (http) and GET /b (http)) weakened: An engine asks one question for readiness, so GET /b "
                    + "(http) isn't asked. Remedy: say which counts with WithHttpProbe(ProbeType.Readiness, …)",
            ],
            await Planned.ShortAsync(static builder =>
                builder
                    .AddProject<Planned.Web>("api")
                    .WithHttpHealthCheck("/a")
                    .WithHttpHealthCheck("/b")
                    .WithExecProbe(ProbeType.Readiness, ["ask"])
            )
        );

    [Fact]
    public async Task Build_ACheckThatIsCodeBesideHttp_IsntAsked_AndSaysSo() =>
        Assert.Equal(
            [
                "api.readiness (the health check \"custom\") weakened: The health check \"custom\" is code of the AppHost, which "
                    + "isn't deployed, so GET /h (http) is asked alone. Remedy: have GET /h tell it too, and say which counts with "
                    + "WithHttpProbe(ProbeType.Readiness, …)",
            ],
            await Planned.ShortAsync(static builder =>
                builder.AddProject<Planned.Web>("api").WithHealthCheck("custom").WithHttpHealthCheck("/h")
            )
        );

    [Fact]
    public async Task Build_ACheckThatIsCodeBesideAProbeThatCounts_IsLeftOut() =>
        Assert.Equal(
            [
                "api.health isn't deployed: The health check \"custom\" is code of the AppHost, which isn't deployed; the readiness "
                    + "probe that is declared is asked in its place.",
            ],
            await Planned.ShortAsync(static builder =>
                builder.AddProject<Planned.Web>("api").WithHealthCheck("custom").WithHttpProbe(ProbeType.Readiness, "/h")
            )
        );

    [Fact]
    public async Task Build_ACheckThatIsCodeOfAKnownServer_IsLeftOut_ButForItsIntegrations() =>
        Assert.Equal(
            [
                "cache.health isn't deployed: The health check \"custom\" is code of the AppHost, which isn't deployed; the image's own "
                    + "command is asked in its place.",
            ],
            await Planned.ShortAsync(static builder => builder.AddRedis("cache").WithHealthCheck("custom"))
        );

    [Fact]
    public async Task Build_ACheckThatIsWellWithAnError_IsAConnection()
    {
        Action<IDistributedApplicationBuilder> declare = static builder =>
            builder.AddProject<Planned.Web>("api").WithHttpHealthCheck(statusCode: 404);

        Assert.Equal(
            [
                "api.readiness (GET / answered with 404) weakened: Engines take 200 to 399 for well, not 404; a connection is asked "
                    + "for in place of \"/\". Remedy: let it answer 200",
            ],
            await Planned.ShortAsync(declare)
        );
        Assert.Equal(new TcpProbe("http"), (await Planned.WorkloadAsync("api", declare)).Probes.Readiness?.Action);
    }

    [Fact]
    public async Task Build_ATcpProbe_ConnectsToItsEndpoint() =>
        Assert.Equal(
            new Probe(new TcpProbe("amqp")) { Period = TimeSpan.FromSeconds(7), FailureThreshold = 9 },
            (
                await Planned.WorkloadAsync("broker", static builder =>
                    builder
                        .AddContainer("broker", "example/broker")
                        .WithEndpoint(targetPort: 5672, name: "amqp")
                        .WithTcpProbe(ProbeType.Liveness, periodSeconds: 7, failureThreshold: 9)
                )
            )
                .Probes
                .Liveness
        );

    [Theory]
    [InlineData("web", "broker.readiness: asks the endpoint \"web\", which broker doesn't have; name one of its own")]
    [InlineData(null, "broker.readiness: asks for a connection, and broker has no endpoint by TCP; declare one with WithEndpoint")]
    public async Task Build_ATcpProbeOfWhatIsntThere_IsRefused(string? endpoint, string refusal) =>
        Assert.Equal(
            [refusal],
            await Planned.RefusalsAsync(builder =>
                builder.AddContainer("broker", "example/broker").WithTcpProbe(ProbeType.Readiness, endpoint)
            )
        );

    [Fact]
    public async Task Build_ACommandBesideAnHttpRequest_KeepsBoth() =>
        Assert.Equal(
            new Probe(new ExecProbe(["/bin/ready"])) { Period = TimeSpan.FromSeconds(5), Http = new HttpProbe("http", "/health") },
            (await OfAsync(static api => api.WithHttpHealthCheck("/health").WithExecProbe(ProbeType.Readiness, ["/bin/ready"]))).Readiness
        );

    [Fact]
    public async Task Build_AConnectionBesideAnHttpRequest_IsAskedAlone() =>
        Assert.Equal(
            new Probe(new TcpProbe("http")) { Period = TimeSpan.FromSeconds(5) },
            (await OfAsync(static api => api.WithHttpHealthCheck("/health").WithTcpProbe(ProbeType.Readiness))).Readiness
        );
}
