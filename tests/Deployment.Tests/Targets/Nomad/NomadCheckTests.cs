using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets.Nomad;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>Describes what can't be written is refused, with the resource, the value and the way out.</summary>
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
    public void Name_OfAServiceThatIsTooLong_IsRefused() =>
        Refuses($"{new string('a', 55)}.ports.http: \"shop-", With(Api with { Name = new string('a', 55) }));

    [Theory]
    [InlineData("api_v2")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void Name_ThatIsNoDnsLabel_IsRefused(string name) =>
        Refuses(
            $"{name}.name: \"{name}\" is not a name that every target can write: 1 to 63 letters, digits and hyphens, a letter "
                + "first and no hyphen last",
            With(Api with { Name = name })
        );

    [Fact]
    public void Names_OfTwoPortsThatBecomeOneService_AreRefused() =>
        Refuses(
            "api.ports.http: becomes the service \"shop-api-http\", which is there already; rename it",
            With(Api with { Ports = [new("HTTP", 8081, "http"), new("http", 8080, "http")] })
        );

    [Fact]
    public void Names_OfTwoVolumesThatBecomeOne_AreRefused() =>
        Refuses(
            "my-data.name: becomes the volume \"shop-my-data\", which is there already; rename it",
            With(Api) with
            {
                Volumes = [new("my-data"), new("my.data")],
            }
        );

    [Fact]
    public void Names_OfASecretAndAParameterThatBecomeOne_AreRefused() =>
        Refuses(
            "api_key: becomes API_KEY in a variable, as api-key does; rename one",
            With(Api) with
            {
                Secrets = [new("api-key")],
                Parameters = [new("api_key", "1")],
            }
        );

    [Theory]
    [InlineData("my shops")]
    [InlineData("$(id)")]
    public void Namespace_ThatIsNone_IsRefused(string name) =>
        Refuses(
            $"nomad.namespace: \"{name}\" is not a namespace: 1 to 128 letters, digits and hyphens; .WithNamespace(\"shops\")",
            With(Api),
            new() { HostNetwork = "private", Namespace = name }
        );

    [Fact]
    public void Autoscale_WithAMinimumAboveItsMaximum_IsRefused() =>
        Refuses(
            "api.replicas: the minimum, 5, is more than the maximum, 2; give the smaller first",
            With(Api with { Scale = new(5, 2) { CpuPercent = 70 } })
        );

    [Fact]
    public void Volume_OfSeveralReplicas_IsRefused() =>
        Refuses(
            "api.replicas: 3 replicas can't share \"data\", which one allocation writes at a time; run one, or keep the data in a "
                + "service of its own",
            With(Api with { Scale = Scale.Fixed(3), Update = UpdateOrder.StopFirst, Mounts = [new("data", "/data")] }) with
            {
                Volumes = [new("data")],
            }
        );

    [Fact]
    public void Volume_OfTwoServices_IsRefused() =>
        Refuses(
            "web.mounts: \"data\" is api's too",
            With(Api with { Mounts = [new("data", "/data")] }, Api with { Name = "web", Mounts = [new("data", "/data")] }) with
            {
                Volumes = [new("data")],
            }
        );

    [Fact]
    public void Argument_KnownAtRunTimeAlone_IsRefused() =>
        Refuses(
            "api.args[0]: \"{api.http.url}\" is known only when it runs",
            With(
                Api with
                {
                    Arguments =
                    [
                        [new EndpointReference("api", "http", EndpointProperty.Url)],
                    ],
                }
            )
        );

    [Fact]
    public void Argument_ThatNomadWouldFillIn_IsRefused() =>
        Refuses("api.args[0]: \"${HOME}\"", With(Api with { Arguments = ["${HOME}"] }));

    [Fact]
    public void Port_OfTheGateway_IsRefused() =>
        Refuses(
            "api.ports.http: 80 is the gateway's port on a client already",
            With(
                Api with
                {
                    Ports = [new("http", 8080, "http") { External = true, ExternalNumber = 80 }],
                    Update = UpdateOrder.StopFirst,
                }
            ) with
            {
                Gateway = new()
                {
                    Name = "gateway",
                    Host = "localhost",
                    Routes = [new("/", "api", "http")],
                },
            }
        );

    [Fact]
    public void Port_OfTheOutsideThatIsTakenByTheOtherProtocol_IsRefused() =>
        Refuses(
            "api.ports.log.external: 514 is http's port on a client already, which is both TCP's and UDP's; choose another",
            With(
                Api with
                {
                    Ports =
                    [
                        new("http", 8080, "http") { External = true, ExternalNumber = 514 },
                        new("log", 5140, "udp")
                        {
                            Protocol = PortProtocol.Udp,
                            External = true,
                            ExternalNumber = 514,
                        },
                    ],
                    Update = UpdateOrder.StopFirst,
                }
            )
        );

    [Theory]
    [InlineData(
        "api",
        20_000,
        "20000 is one of those that clients give out themselves (20000 to 32000), so another may have it already; choose one outside"
    )]
    [InlineData("api", 70_000, "70000 is no port; choose one from 1 to 65535, and not from 20000 to 32000")]
    [InlineData(
        "web",
        15_000,
        "names no port of a single replica that stops before the next one starts; .WithStaticPort(\"RESOURCE\", 15000) names one"
    )]
    public void Port_ThatIsChosenAndNone_IsRefused(string resource, int port, string complaint) =>
        Refuses(
            $"nomad.staticPorts.{resource}: {complaint}",
            With(Api with { Update = UpdateOrder.StopFirst }),
            new()
            {
                HostNetwork = "private",
                StaticPorts = new Dictionary<string, int> { [resource] = port },
            }
        );

    [Fact]
    public void Port_ThatIsChosenTwice_IsRefused() =>
        Refuses(
            "web.ports.http: 15000 is api.http's port on a client already; choose another with .WithStaticPort(\"web.http\", 10000)",
            With(Api with { Update = UpdateOrder.StopFirst }, Api with { Name = "web", Update = UpdateOrder.StopFirst }),
            new()
            {
                HostNetwork = "private",
                StaticPorts = new Dictionary<string, int> { ["api"] = 15_000, ["web"] = 15_000 },
            }
        );

    [Fact]
    public void Port_ThatIsChosenAndTheGateways_IsRefused() =>
        Refuses(
            "api.ports.http: 8443 is the gateway's port on a client already; choose another with .WithStaticPort(\"api.http\", 10000)",
            With(Api with { Update = UpdateOrder.StopFirst }) with
            {
                Gateway = new()
                {
                    Name = "gateway",
                    Host = "localhost",
                    Routes = [new("/", "api", "http")],
                    Certificate = CertificateMode.Internal,
                    HttpsPort = 8443,
                },
            },
            new()
            {
                HostNetwork = "private",
                StaticPorts = new Dictionary<string, int> { ["api.http"] = 8443 },
            }
        );

    [Fact]
    public void Memory_BelowNomadsLeast_IsRefused()
    {
        Refuses(
            "api.memory.request: 8Mi is less than the 10Mi that Nomad gives any task; request those",
            With(Api with { Memory = new(Size.Mebibytes(8), Size.Mebibytes(64)) })
        );
        Refuses(
            "gateway.memory.request: 9Mi is less than the 10Mi that Nomad gives any task; request those",
            With(Api) with
            {
                Gateway = new()
                {
                    Name = "gateway",
                    Host = "localhost",
                    Routes = [new("/", "api", "http")],
                    Memory = new(Size.Mebibytes(9), Size.Mebibytes(64)),
                },
            }
        );
    }

    [Theory]
    [InlineData("alloc", "is no name for a task")]
    [InlineData("wait", "is the name of the task that waits for others; rename it")]
    public void Name_OfWhatIsThereAnyway_IsRefused(string name, string complaint) =>
        Refuses($"{name}.name: {complaint}", With(Api with { Name = name }));

    [Fact]
    public void Secrets_WhoseFilesBecomeOne_AreRefused() =>
        Refuses(
            "api.secretFiles./a/b-c: becomes \"secrets/others/a-b-c\", as /a-b/c does; rename one",
            With(Api with { SecretFiles = [new("/a-b/c", [new SecretReference("one")]), new("/a/b-c", [new SecretReference("one")])] }) with
            {
                Secrets = [new("one")],
            }
        );

    [Fact]
    public void Network_ThatEverybodyReaches_IsWeakened() =>
        Assert.Equal(
            "weakened: ports on the clients' default network. Its port is open to everybody who reaches a client. "
                + "Remedy: .WithClientNetwork(\"private\") on the target puts it on a network that the clients' firewall keeps",
            Outcome.Of(new NomadTarget(new()), With(Api), "api.network")
        );

    [Fact]
    public void Probe_ByACommandOfAnUnknownImage_IsAConnection() =>
        Assert.Equal(
            "weakened: `check` of type `tcp` on http. Nomad's own services don't run \"check\" in the container, so a connection to "
                + "http is asked for in its place. Remedy: give it an HTTP or TCP probe",
            Outcome.Of(Private, With(Api with { Probes = new() { Readiness = new(new ExecProbe(["check"])) } }), "api.readiness")
        );

    [Fact]
    public void Probe_ByACommandOfOneWithoutAPort_IsntAsked() =>
        Assert.Equal(
            "weakened: nothing. Nomad's own services don't run \"check\" in the container, and it has no port to ask: a replica "
                + "counts as well while it runs. Remedy: give it an HTTP or TCP probe",
            Outcome.Of(
                Private,
                With(
                    Api with
                    {
                        Ports = [],
                        Probes = new() { Readiness = new(new ExecProbe(["check"])) },
                    }
                ),
                "api.readiness"
            )
        );

    [Fact]
    public void Update_WithAPortOfAClient_StopsTheOldFirst()
    {
        var plan = With(Api with { Ports = [new("http", 8080, "http") { External = true }] });

        Assert.Equal(
            "weakened: `update` without canaries. The old replica stops before the new one starts, as a client's port for http is one "
                + "allocation's at a time. "
                + "Remedy: route to http through the gateway, AddGateway(...).WithRoute(...)",
            Outcome.Of(Private, plan, "api.update")
        );
        Assert.DoesNotContain(
            "canary",
            Publication.Create(plan, Private, []).Files.Single(static file => file.Path == "api.nomad.hcl").Content,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Restart_OnFailureOfAService_IsLostAloud() =>
        Refuses("api.restart: Nomad can't carry \"on failure\"", With(Api with { Restart = new(RestartMode.OnFailure) }));

    [Fact]
    public void BackOff_UnderFiveSeconds_IsLostAloud() =>
        Refuses(
            "api.backoff: Nomad can't carry",
            With(Api with { Restart = new(RestartMode.Always, BackOff: new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1))) })
        );

    [Fact]
    public void Cpu_WithALimitBeyondItsRequest_IsLostAloud() =>
        Refuses("api.cpu: Nomad can't carry \"request 0.25, limit 0.5\"", With(Api with { Cpu = new(0.25m, 0.5m) }));

    [Fact]
    public void Wait_ForOneWithoutAPort_IsTheOrderOfTheScript()
    {
        var worker = Api with { Name = "worker", Ports = [] };
        var plan = With(worker, Api with { Dependencies = [new("worker", DependencyCondition.Started)] });

        Assert.Equal(
            "weakened: the order in which `./deploy.sh` starts them. Nobody can ask worker from outside whether it is started, so "
                + "after a reboot nobody waits for it. Remedy: give worker an HTTP or TCP probe",
            Outcome.Of(Private, plan, "api.waits")
        );
        var files = Publication.Create(plan, Private, []).Files;
        Assert.DoesNotContain("\"wait\"", files.Single(static file => file.Path == "api.nomad.hcl").Content, StringComparison.Ordinal);
    }

    private static readonly NomadTarget Private = new(new() { HostNetwork = "private" });

    private static DeploymentPlan With(params Workload[] workloads) => new() { Name = "shop", Workloads = workloads.ToEquatableArray() };

    private static void Refuses(string expected, DeploymentPlan plan, NomadOptions? options = null)
    {
        var refusal = Assert.Throws<PlanException>(() =>
            Publication.Create(plan, new NomadTarget(options ?? new() { HostNetwork = "private" }), [])
        );

        Assert.Contains(refusal.Errors, error =>
            error.ToString().Replace("nomad: ", "", StringComparison.Ordinal).StartsWith(expected, StringComparison.Ordinal)
        );
    }
}
