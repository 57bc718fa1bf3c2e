using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Reading;

public class ProbeReadingTests
{
    private static async Task<Probes> OfAsync(Action<IResourceBuilder<ProjectResource>> declare) => (await Planned.WorkloadAsync("api", builder => declare(builder.AddProject<Planned.Web>("api")))).Probes;

    [Fact]
    public async Task Build_AnHttpHealthCheck_IsReadiness() =>
        Assert.Equal(new Probes { Readiness = new(new HttpProbe("http", "/health")) { Period = TimeSpan.FromSeconds(5) } }, await OfAsync(static api => api.WithHttpHealthCheck("/health")));

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
            (await OfAsync(static api => api.WithHttpProbe(ProbeType.Liveness, "/alive", initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 4))).Liveness);

    [Fact]
    public async Task Build_ALivenessProbeBesideAHealthCheck_AreOneOfEach()
    {
        var probes = await OfAsync(static api => api.WithHttpProbe(ProbeType.Liveness, "/alive").WithHttpHealthCheck("/health_of/me"));

        Assert.Equal((new HttpProbe("http", "/alive"), new HttpProbe("http", "/health_of/me"), null), (probes.Liveness?.Action, probes.Readiness?.Action, probes.Startup));
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
        var api = await Planned.WorkloadAsync("api", static builder => builder.AddContainer("api", "postgres", "18").WithEntrypoint("/bin/sh").WithArgs("-c", "psql --command='select 1'"));

        Assert.Null(api.Probes.Readiness);
        Assert.Equal((UpdateOrder.StartFirst, true), (api.Update, api.Outbound));
        Assert.Equal(WellKnownImages.PostgreSql.Isolation, api.Isolation);
    }

    [Fact]
    public async Task Build_AHealthCommand_IsAskedInPlaceOfTheHttpCheck()
    {
        var api = await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/health").WithHealthCommand("ask", "me"));

        Assert.Equal(new ExecProbe(["ask", "me"]), api.Probes.Readiness?.Action);
        Assert.Empty(api.HealthCommand);
    }

    [Fact]
    public async Task Build_ACheckThatIsCodeOfTheAppHost_IsRefused() =>
        Assert.Equal(["api.health: the check \"custom\" is code of the AppHost, which isn't deployed; declare WithHttpHealthCheck, WithHttpProbe or .WithHealthCommand"],
            await Planned.RefusalsAsync(static builder => builder.AddProject<Planned.Web>("api").WithHealthCheck("custom")));

    [Fact]
    public async Task Build_TwoHttpChecks_AreRefused() =>
        Assert.Equal(["api.health: GET /a (http) and GET /b (http) are asked, and an engine asks one question for readiness; say which with WithHttpProbe(ProbeType.Readiness, …)"],
            await Planned.RefusalsAsync(static builder => builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/a").WithHttpHealthCheck("/b")));

    [Fact]
    public async Task Build_ACheckThatIsWellWithAnError_IsRefused() =>
        Assert.Equal(["api.health: \"/\" is well with 404, and engines take 200 to 399 for well; let it answer 200"],
            await Planned.RefusalsAsync(static builder => builder.AddProject<Planned.Web>("api").WithHttpHealthCheck(statusCode: 404)));
}
