using System.Text.RegularExpressions;
using AspireDeploy.Model;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Targets.Swarm;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Tests.Targets.Docker;

/// <summary>Describes what holds behind a Traefik that runs already, whatever reads what is written for it.</summary>
public partial class TraefikTests
{
    private static readonly Port Http = new("http", 8080, "http");

    private static TraefikGateway Proxy => new("proxy");

    public static TheoryData<string> Kinds => ["compose", "swarm", "nomad"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_ADeclarationThatChanges_HasRoutersServicesAndMiddlewaresOfOtherNames(string kind)
    {
        var plan = PlanOf(Api with { Probes = Ready("http", "/health") });

        var before = NamesIn(TargetOf(kind), plan);
        var after = NamesIn(TargetOf(kind), PlanOf(Api with { Probes = Ready("http", "/ready") }));

        Assert.NotEmpty(before);
        Assert.Empty(before.Intersect(after));
        Assert.Equal(
            before,
            NamesIn(
                TargetOf(kind),
                PlanOf(
                    Api with
                    {
                        Probes = Ready("http", "/health"),
                        Image = new ImageReference("example/api", "2"),
                        Scale = Scale.Fixed(3),
                    }
                )
            )
        );
        // Another application's are others, whatever it shares.
        Assert.Empty(before.Intersect(NamesIn(TargetOf(kind), plan with { Name = "other" })));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_NamesThatGoOnWhereOthersEnd_ClashNowhere(string kind)
    {
        Workload[] workloads =
        [
            Api with
            {
                Ports = [Http, new("grpc", 8081, "http") { Http2 = true }],
            },
            Api with
            {
                Name = "api-http",
            },
            Api with
            {
                Name = "api-0",
            },
            Api with
            {
                Name = "api-0-http",
            },
        ];
        var plan = PlanOf(workloads) with
        {
            Gateway = Gateway with
            {
                Routes =
                [
                    new("/grpc", "api", "grpc"),
                    new("/a", "api-http", "http"),
                    new("/b", "api-0", "http"),
                    new("/c", "api-0-http", "http"),
                    new("/", "api", "http"),
                ],
            },
        };

        // Each of five routes has a router for HTTPS and one for HTTP.
        var rules = Routers().Matches(Written(TargetOf(kind), plan)).Select(static match => match.Groups["name"].Value).ToList();

        Assert.Equal((10, 10), (rules.Count, rules.Distinct().Count()));
    }

    [Theory]
    [InlineData("compose", "3.0", false)]
    [InlineData("compose", "3.6", false)]
    [InlineData("compose", "3.7", true)]
    [InlineData("swarm", "3.7", true)]
    [InlineData("nomad", "3.6", false)]
    [InlineData("nomad", "3.7", true)]
    [InlineData("nomad", "3.10", true)]
    [InlineData("nomad", "4.0", true)]
    public void Write_WhatOnlyANewerTraefikKnows_IsForThatOneAlone(string kind, string version, bool isThere) =>
        Assert.Equal(
            isThere,
            Written(TargetOf(kind, Proxy with { Version = Version.Parse(version) }), PlanOf(Api))
                .Contains(".retry.status", StringComparison.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_AServiceThatNoRouteLeadsTo_IsHiddenFromATraefikThatTakesAllThatItSees(string kind)
    {
        var written = Written(TargetOf(kind), PlanOf(Api, Api with { Name = "inside" }));

        Assert.Equal(
            (1, 1),
            (
                Count(written, "traefik.enable=true") + Count(written, "traefik.enable: \"true\""),
                Count(written, "traefik.enable=false") + Count(written, "traefik.enable: \"false\"")
            )
        );
    }

    [Fact]
    public void Write_AConnectionStringOfAServiceOnTraefiksNetwork_NamesTheNeighbourOnTheApplicationsOwn()
    {
        var database = new Workload
        {
            Name = "postgres",
            Image = new ImageReference("example/postgres", "1"),
            Restart = new(RestartMode.Always),
            Ports = [new("tcp", 5432, "tcp")],
        };
        var connection = new EnvironmentVariable(
            "Db",
            [
                new Literal("Host="),
                new EndpointReference("postgres", "tcp", EndpointProperty.Host),
                new Literal(";Password="),
                new SecretReference("password"),
            ],
            new FileNamedAsSetting()
        );
        var plan = PlanOf(Api with { Environment = [connection] }, database, Api with { Name = "worker", Environment = [connection] }) with
        {
            Secrets = [new("password")],
        };

        Assert.All(["compose", "swarm"], kind =>
        {
            var script = TargetOf(kind).Write(plan).Single(static file => file.Path == "secrets.sh").Content;
            Assert.Contains(
                "{ printf %s 'Host=postgres.shop_postgres;Password='; value password; } >\"$work/new\"\nput api/Db\n",
                script,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "{ printf %s Host=; printf %s postgres; printf %s ';Password='; value password; } >\"$work/new\"\nput worker/Db\n",
                script,
                StringComparison.Ordinal
            );
        });
        // By the name that it is deployed under.
        Assert.Contains(
            "Host=postgres.shop-on-site_postgres;",
            new ComposeTarget(new("on-site") { Traefik = Proxy }).Write(plan).Single(static file => file.Path == "secrets.sh").Content,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Network_OfAServiceOnTraefiks_IsWeakened_SinceOthersAreOnItToo()
    {
        var plan = PlanOf(Api, Api with { Name = "inside" });

        Assert.All(["compose", "swarm"], kind =>
        {
            Assert.Equal(
                "weakened: network `api`, and Traefik's `proxy`. Everybody on proxy, other applications' services among them, "
                    + "reaches every port of api. "
                    + "Remedy: give this application a network that only Traefik is on besides, and name it: .WithTraefik(\"NETWORK\")",
                Outcome.Of(TargetOf(kind), plan, "api.network")
            );
            Assert.Equal("supported: network `inside`", Outcome.Of(TargetOf(kind), plan, "inside.network"));
        });
    }

    [Fact]
    public void Update_InASwarm_WaitsUntilTraefikHasLooked_AndIsWeakenedOfOneReplica()
    {
        var (swarm, three) = (TargetOf("swarm"), PlanOf(Api with { Scale = Scale.Fixed(3) }));

        Assert.Equal(
            "supported: `update_config.order: start-first`, `failure_action: rollback`, `delay: 20s` so that Traefik hears of each",
            Outcome.Of(swarm, three, "api.update")
        );
        // As long as three take with their delays.
        Assert.Contains(
            "\nservice api 3 320\n",
            swarm.Write(three).Single(static file => file.Path == "deploy.sh").Content,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "weakened: `update_config.order: start-first`, `failure_action: rollback`. Traefik looks for replicas every 15 s, and "
                + "until then sends requests to the only one that it knows, which has stopped. "
                + "Remedy: .WithReplicas(2), or have Traefik look more often: --providers.swarm.refreshSeconds=1",
            Outcome.Of(swarm, PlanOf(Api), "api.update")
        );
        Assert.DoesNotContain("delay: 20s", Written(swarm, PlanOf(Api)), StringComparison.Ordinal);
        Assert.Equal(
            "supported: `update_config.order: start-first`, `failure_action: rollback`",
            Outcome.Of(new SwarmTarget(), PlanOf(Api), "api.update")
        );
    }

    [Fact]
    public void Readiness_OnNomadAtAnotherPortThanTheRoutes_IsLeftToNomad_AndSaysSo()
    {
        var plan = PlanOf(Api with { Ports = [Http, new("health", 8081, "http")], Probes = Ready("health", "/health") });

        Assert.DoesNotContain("healthcheck", string.Concat(Tags(plan)), StringComparison.Ordinal);
        Assert.Equal(
            "weakened: `check` on health, for updates alone. Traefik can't ask at health, whose port on a client it isn't told, and "
                + "sends requests to replicas that aren't ready. "
                + "Remedy: declare the health check on http, to which the route leads",
            Outcome.Of(TargetOf("nomad"), plan, "api.readiness")
        );

        var same = PlanOf(Api with { Probes = Ready("http", "/health") });
        Assert.Contains(Tags(same), static tag => tag.EndsWith(".healthcheck.interval=1s", StringComparison.Ordinal));
        Assert.Equal("supported: `check` on http", Outcome.Of(TargetOf("nomad"), same, "api.readiness"));
        Assert.Equal("supported: `check` on health", Outcome.Of(new NomadTarget(), plan, "api.readiness"));
    }

    [Fact]
    public void Routing_OnNomadToHttpsByTraefik_IsRefused()
    {
        var plan = PlanOf(Api with { Ports = [new("http", 8443, "https")] });

        Assert.Equal(
            "unsupported: Traefik refuses the certificate of api's endpoint http, which names no replica's address. Remedy: route "
                + "to an HTTP endpoint, and declare its health check there",
            Outcome.Of(TargetOf("nomad"), plan, "gateway.routing")
        );
    }

    [Theory]
    [InlineData(
        "shop_api",
        "\"shop_api\" is a network that this deployment makes for itself, and Traefik's is there before; name that, "
            + ".WithTraefik(\"NETWORK\")"
    )]
    [InlineData("my proxy", "\"my proxy\" is no name of a network; write the one that docker network ls shows")]
    [InlineData("$(reboot)", "\"$(reboot)\" is no name of a network; write the one that docker network ls shows")]
    public void Check_ANetworkThatCantBeTraefiks_IsRefusedByItsName(string network, string refusal)
    {
        var options = Proxy with { Network = network };

        Assert.All(["compose", "swarm"], kind =>
            Assert.Equal(
                [$"{kind}.traefik.network: {refusal}"],
                TargetOf(kind, options).Check(PlanOf(Api)).Select(static error => error.ToString())
            )
        );
    }

    [Fact]
    public void Check_AServiceThatIsNamedAsTraefiksNetworkInTheFile_IsRefused() =>
        Assert.All(["compose", "swarm"], static kind =>
            Assert.Equal(
                ["traefik.name: is what Traefik's network is called in the file, and traefik has a network of its own; rename traefik"],
                TargetOf(kind).Check(PlanOf(Api, Api with { Name = "traefik" })).Select(static error => error.ToString())
            )
        );

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Check_NamesThatTraefikCantHave_AreRefused(string kind) =>
        Assert.Equal(
            [
                $"{kind}.traefik.httpEntryPoint: \"web,other\" is no name of Traefik's; write the one in its own configuration, of "
                    + "letters, digits, - and _",
                $"{kind}.traefik.httpsEntryPoint: \"\" is no name of Traefik's; write the one in its own configuration, of letters, "
                    + "digits, - and _",
                $"{kind}.traefik.certificateResolver: \"le $x\" is no name of Traefik's; write the one in its own configuration, of "
                    + "letters, digits, - and _",
            ],
            TargetOf(kind, new("proxy", "le $x", "", "web,other")).Check(PlanOf(Api)).Select(static error => error.ToString())
        );

    [Fact]
    public void Inputs_InASwarmAndOnNomad_AreEachWithTheArgumentThatSetsIt()
    {
        const string Own = "Traefik's own configuration";
        string[] shared =
        [
            $"must entryPoints.web in {Own}: Where it listens for HTTP: `--entryPoints.web.address=:80`.",
            $"must entryPoints.websecure in {Own}: Where it listens for HTTPS: `--entryPoints.websecure.address=:443`.",
            $"must certificatesResolvers.letsencrypt in {Own}: Where it gets certificates from: "
                + "`--certificatesResolvers.letsencrypt.acme.email=…`, `.acme.storage=…` and a challenge, such as "
                + "`.acme.tlsChallenge=true`.",
            $"may serversTransport.forwardingTimeouts.dialTimeout in {Own}: "
                + "`--serversTransport.forwardingTimeouts.dialTimeout=500ms`: unless set it tries for 30 s to connect to a replica "
                + "that is gone, and requests hang for as long at each update and each end of a replica.",
            $"may entryPoints.websecure.transport.respondingTimeouts.readTimeout in {Own}: "
                + "`--entryPoints.websecure.transport.respondingTimeouts.readTimeout=10m`, or as long as the slowest upload takes: "
                + "unless set it cuts those that take longer than 60 s.",
        ];

        Assert.Equal(
            [
                "must proxy in `docker network ls`: The network that Traefik is on and reaches tasks by: `docker network create "
                    + "--driver overlay proxy` before Traefik and this are started.",
                $"must providers.swarm in {Own}: The provider that reads the labels, of Traefik 3.0 or later: `--providers.swarm=true`.",
                .. shared,
                $"may providers.swarm.refreshSeconds in {Own}: `--providers.swarm.refreshSeconds=1`: unless set it looks for "
                    + "replicas every 15 s, so a service of one replica isn't served for as long after each update.",
            ],
            InputsOf(TargetOf("swarm"), PlanOf(Api))
        );
        Assert.DoesNotContain(InputsOf(TargetOf("swarm"), PlanOf(Api with { Scale = Scale.Fixed(2) })), static told =>
            told.Contains("refreshSeconds", StringComparison.Ordinal)
        );
        Assert.Equal(
            [
                $"must providers.nomad in {Own}: The provider that reads the tags, of Traefik 3.7 or later: "
                    + "`--providers.nomad.endpoint.address=…`, `--providers.nomad.namespaces=shops`.",
                .. shared,
            ],
            InputsOf(
                new NomadTarget(new() { Namespace = "shops", Traefik = Proxy with { Version = new(3, 7) } }),
                PlanOf(Api with { Memory = new(Size.Mebibytes(64), Size.Mebibytes(64)) })
            )
        );

        static IEnumerable<string> InputsOf(ITarget target, DeploymentPlan plan) =>
            target
                .Inputs(plan)
                .Select(static input => $"{(input.Required ? "must" : "may")} {input.Name} in {input.Where}: {input.Description}");
    }

    private static Workload Api =>
        new()
        {
            Name = "api",
            Image = new ImageReference("example/api", "1"),
            Restart = new(RestartMode.Always),
            Ports = [Http],
        };

    private static PublicGateway Gateway =>
        new()
        {
            Name = "gateway",
            Host = "shop.example.com",
            Certificate = CertificateMode.Automatic,
            Routes = [new("/", "api", "http")],
        };

    private static DeploymentPlan PlanOf(params Workload[] workloads) =>
        new()
        {
            Name = "shop",
            Workloads = workloads.ToEquatableArray(),
            Gateway = Gateway,
        };

    private static Probes Ready(string port, string path) => new() { Readiness = new(new HttpProbe(port, path)) };

    private static ITarget TargetOf(string kind, TraefikGateway? traefik = null) =>
        kind switch
        {
            "nomad" => new NomadTarget(new() { Traefik = traefik ?? Proxy }),
            "swarm" => new SwarmTarget(new("swarm") { Traefik = traefik ?? Proxy }),
            _ => new ComposeTarget(new("compose") { Traefik = traefik ?? Proxy }),
        };

    private static string Written(ITarget target, DeploymentPlan plan) =>
        string.Concat(
            target
                .Write(PlanValidation.Sound(plan))
                .Where(static file =>
                    file.Path.EndsWith(".yaml", StringComparison.Ordinal) || file.Path.EndsWith(".hcl", StringComparison.Ordinal)
                )
                .Select(static file => file.Content)
        );

    private static List<string> NamesIn(ITarget target, DeploymentPlan plan) =>
        [.. Names().Matches(Written(target, plan)).Select(static match => match.Value).Distinct()];

    private static List<string> Tags(DeploymentPlan plan) =>
        [.. Quoted().Matches(Written(TargetOf("nomad"), plan)).Select(static match => match.Groups["tag"].Value)];

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex(@"traefik\.http\.(routers|services|middlewares)\.[^.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex(@"traefik\.http\.routers\.(?<name>[^.]+)\.rule", RegexOptions.CultureInvariant)]
    private static partial Regex Routers();

    [GeneratedRegex("\"(?<tag>traefik\\.[^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
