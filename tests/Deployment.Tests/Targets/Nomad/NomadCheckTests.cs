using AspireDeploy.Plan;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Nomad;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>What can't be written is refused, with the resource, the value and the way out.</summary>
public class NomadCheckTests
{
    private static readonly Workload Api = new()
    {
        Name = "api",
        Image = new ImageReference("example/api", "1"),
        Restart = RestartPolicy.Always,
        Isolation = Isolation.DotNet,
        Ports = [new("http", 8080, "http")],
    };

    [Fact]
    public void Name_OfAServiceThatIsTooLong_IsRefused() => Refuses($"{new string('a', 55)}.ports.http: \"shop-", With(Api with { Name = new string('a', 55) }));

    [Fact]
    public void Volume_OfSeveralReplicas_IsRefused() =>
        Refuses("api.replicas: 3 replicas can't share \"data\"", With(Api with { Scale = Scale.Fixed(3), Update = UpdateOrder.StopFirst, Mounts = [new("data", "/data")] }) with { Volumes = [new("data")] });

    [Fact]
    public void Volume_OfTwoServices_IsRefused() => Refuses("web.mounts: \"data\" is api's too",
        With(Api with { Mounts = [new("data", "/data")] }, Api with { Name = "web", Mounts = [new("data", "/data")] }) with { Volumes = [new("data")] });

    [Fact]
    public void Argument_KnownAtRunTimeAlone_IsRefused() =>
        Refuses("api.args[0]: \"{api.http.url}\" is known only when it runs", With(Api with { Arguments = [[new EndpointReference("api", "http", EndpointProperty.Url)]] }));

    [Fact]
    public void Argument_ThatNomadWouldFillIn_IsRefused() => Refuses("api.args[0]: \"${HOME}\"", With(Api with { Arguments = ["${HOME}"] }));

    [Fact]
    public void Port_OfTheGateway_IsRefused() => Refuses("api.ports.http: 80 is the gateway's port on a client already",
        With(Api with { Ports = [new("http", 8080, "http") { External = true, ExternalNumber = 80 }], Update = UpdateOrder.StopFirst }) with { Edge = new() { Name = "gateway", Host = "localhost", Routes = [new("/", "api", "http")] } });

    [Fact]
    public void Network_ThatEverybodyReaches_IsLostAloud() => Refuses("api.network: Nomad can't carry", With(Api), new());

    [Fact]
    public void Probe_ByACommandOfAnUnknownImage_IsLostAloud() => Refuses("api.readiness: Nomad can't carry \"check", With(Api with { Probes = new() { Readiness = new(new ExecProbe(["check"])) } }));

    [Fact]
    public void Restart_OnFailureOfAService_IsLostAloud() => Refuses("api.restart: Nomad can't carry \"on failure\"", With(Api with { Restart = new(RestartMode.OnFailure) }));

    [Fact]
    public void BackOff_UnderFiveSeconds_IsLostAloud() => Refuses("api.backoff: Nomad can't carry", With(Api with { Restart = new(RestartMode.Always, BackOff: new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1))) }));

    [Fact]
    public void Cpu_WithALimitBeyondItsRequest_IsLostAloud() => Refuses("api.cpu: Nomad can't carry \"request 0.25, limit 0.5\"", With(Api with { Cpu = new(0.25m, 0.5m) }));

    private static DeploymentPlan With(params Workload[] workloads) => new() { Name = "shop", Workloads = workloads.ToEquatableArray() };

    private static void Refuses(string expected, DeploymentPlan plan, NomadOptions? options = null)
    {
        var refusal = Assert.Throws<PlanException>(() => Publication.Of(plan, new NomadTarget(options ?? new() { HostNetwork = "private" }), []));

        Assert.Contains(refusal.Errors, error => error.ToString().StartsWith(expected, StringComparison.Ordinal));
    }
}
