using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Targets.Swarm;

namespace AspireDeploy.Tests.Targets.Docker;

/// <summary>Describes what holds of Compose and Swarm alike.</summary>
public class DockerTargetTests
{
    private const string Dial = "serversTransport.forwardingTimeouts.dialTimeout";
    private const string Read = "entryPoints.websecure.transport.respondingTimeouts.readTimeout";

    private static readonly ITarget[] Both = [new ComposeTarget(), new SwarmTarget()];

    private static DeploymentPlan With(Template content) =>
        new()
        {
            Name = "shop",
            Parameters = [new("user", "a b")],
            Secrets = [new("key")],
            Workloads =
            [
                new()
                {
                    Name = "api",
                    Image = new ImageReference("example/api", "1"),
                    Restart = new(RestartMode.Always),
                    SecretFiles = [new("/run/secrets/url", content)],
                },
            ],
        };

    [Fact]
    public void Write_AParameterPercentEncodedBesideASecret_IsEncodedByTheScript()
    {
        var plan = With([
            new Literal("amqp://"),
            new ParameterReference("user", ValueEncoding.Uri),
            new Literal(":"),
            new SecretReference("key", ValueEncoding.Uri),
            new Literal("@mq"),
        ]);

        Assert.All(Both, target =>
            Assert.Contains(
                "{ printf %s amqp://; setting USER encode 'a b'; printf %s :; value key encode; printf %s @mq; }",
                target.Write(plan).Single(static file => file.Path == "secrets.sh").Content,
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public void Check_AParameterPercentEncodedInASetting_IsRefused_SinceNothingWouldEncodeIt()
    {
        var plan = With("");
        plan = plan with
        {
            Workloads =
            [
                plan.Workloads[0] with
                {
                    Environment = [new("URL", [new Literal("http://"), new ParameterReference("user", ValueEncoding.Uri)])],
                },
            ],
        };

        Assert.All(Both, target =>
            Assert.Equal(
                [
                    "api.env.URL: holds the parameter user percent-encoded, which nothing does with what is chosen in .env; make "
                        + "user a secret, or take it as it is",
                ],
                target.Check(plan).Select(static error => error.ToString())
            )
        );
    }

    [Theory]
    [InlineData("A:B", "write A__B, which .NET reads the same")]
    [InlineData("A:B$C", "name it with letters, digits and _")]
    [InlineData("A$B", "name it with letters, digits and _")]
    [InlineData("A\"B", "name it with letters, digits and _")]
    [InlineData("#A", "name it with letters, digits and _")]
    public void Check_ASecretUnderANameThatNoFileOfVariablesCarries_IsRefused(string name, string remedy)
    {
        var plan = With("");
        plan = plan with { Workloads = [plan.Workloads[0] with { Environment = [new(name, [new SecretReference("key")])] }] };

        Assert.All(Both, target =>
            Assert.Equal(
                [$"api.env.{name}: holds a secret, and \"{name}\" is no name that Docker takes one by; {remedy}"],
                target.Check(plan).Select(static error => error.ToString())
            )
        );
    }

    [Fact]
    public void Check_NamesOfAllKindsThatCarryNoSecret_AndThoseThatAFileOfVariablesCarries_AreTaken()
    {
        var plan = With("");
        plan = plan with
        {
            Workloads =
            [
                plan.Workloads[0] with
                {
                    Environment = [new("A:B", "c"), new("ConnectionStrings__my-db.1", [new SecretReference("key")])],
                },
            ],
        };

        Assert.All(Both, target => Assert.Empty(target.Check(plan)));
    }

    [Theory]
    [InlineData("/run/secrets/a-b", "/run/secrets/a/b", "/run/secrets/a/b: becomes \"api/a-b\", as /run/secrets/a-b does; rename one")]
    [InlineData(
        "/run/secrets/environment",
        "/x",
        "/run/secrets/environment: becomes \"api/environment\", as the file with the variables of api does; rename it"
    )]
    public void Check_SecretsThatWouldHaveOneFile_AreRefused(string first, string second, string refusal)
    {
        var plan = With("");
        Template content = [new SecretReference("key")];
        plan = plan with
        {
            Workloads =
            [
                plan.Workloads[0] with
                {
                    SecretFiles = [new(first, content), new(second, content)],
                    Environment = [new("KEY", content)],
                },
            ],
        };

        Assert.All(Both, target =>
            Assert.Equal([$"api.secretFiles.{refusal}"], target.Check(plan).Select(static error => error.ToString()))
        );
    }

    [Theory]
    [InlineData("mounted")]
    [InlineData("Mounted")]
    public void Check_ASecretCalledAsTheScriptsFolder_IsRefusedByEveryTarget(string name)
    {
        var plan = With("") with { Secrets = [new(name)] };

        Assert.All(TargetCatalog.All, target =>
            Assert.Equal(
                [$"{name}.name: \"{name}\" is the name of a folder that ./secrets.sh makes beside the secrets; rename it"],
                target.Check(plan).Select(static error => error.ToString())
            )
        );
    }

    [Fact]
    public void Check_ServersThatWriteOneVolume_AreRefused_WhatReadsItOrSharesItIsNot()
    {
        var plan = With("") with { Volumes = [new("data")] };
        DeploymentPlan Of(bool readOnly, string image = "docker.io/library/postgres") =>
            plan with
            {
                Workloads =
                [
                    plan.Workloads[0] with
                    {
                        Image = new ImageReference(image, "18"),
                        Scale = Scale.Fixed(3),
                        Mounts = [new("data", "/data", readOnly)],
                    },
                ],
            };

        Assert.All(Both, target =>
            Assert.Equal(
                [
                    "api.replicas: 3 replicas can't share \"data\", which one process owns; run one, or keep the data in a service "
                        + "of its own",
                ],
                target.Check(Of(readOnly: false)).Select(static error => error.ToString())
            )
        );
        Assert.All(Both, target => Assert.Empty(target.Check(Of(readOnly: true))));
        Assert.All(Both, target => Assert.Empty(target.Check(Of(readOnly: false, "docker.io/example/uploads"))));
    }

    [Fact]
    public void Write_FilesWhosePathsSwarmHasNoNameFor_HaveNamesOfTheirOwn()
    {
        var plan = With("");
        string[] paths = ["/a b", "/a-b", "/a'b", "/ä", "/ö", "/c/d", "/c.d", "/e/f.g"];
        plan = plan with { Workloads = [plan.Workloads[0] with { Files = [.. paths.Select(static path => new ContentFile(path, "x"))] }] };

        var keys = plan.Workloads[0].Files.Select(file => SwarmNames.ConfigKey(plan.Workloads[0], file)).ToList();

        Assert.Equal(paths.Length, keys.Distinct().Count());
        Assert.All(keys, static key => Assert.Matches(@"\A[a-zA-Z0-9._-]+\z", key));
        Assert.Equal(["api.a-b", "api.e.f.g"], keys.Where(static key => !key.Contains('_', StringComparison.Ordinal)));
    }

    [Fact]
    public void Write_ALogDriverAndAPidLimitThatWereChosen_AreEveryServices()
    {
        var plan = With("") with
        {
            Gateway = new()
            {
                Name = "gateway",
                Host = "localhost",
                Routes = [new("/", "api", "http")],
            },
        };
        plan = plan with { Workloads = [plan.Workloads[0] with { Ports = [new("http", 8080, "http")] }] };
        var chosen = new DockerOptions("here") { Logs = new("journald", [new("tag", "$x {{.Name}}")]), PidLimit = 500 };
        const string logging = "    logging:\n      driver: journald\n      options:\n        tag: \"$$x {{.Name}}\"\n";

        Assert.All((ITarget[])[new ComposeTarget(chosen), new SwarmTarget(chosen)], target =>
        {
            var files = target.Write(plan).Where(static file => file.Path.EndsWith(".yaml", StringComparison.Ordinal));
            var written = string.Concat(files.Select(static file => file.Content));
            Assert.Equal((2, 2), (written.Split(logging).Length - 1, written.Split("          pids: 500\n").Length - 1));
        });
    }

    [Fact]
    public void Publish_ARouteToHttpsByTraefik_IsRefused_SinceNoLabelLetsItTakeTheCertificate()
    {
        var plan = With("") with
        {
            Workloads =
            [
                new()
                {
                    Name = "web",
                    Image = new ImageReference("example/web", "1"),
                    Restart = new(RestartMode.Always),
                    Ports = [new("https", 8443, "https")],
                },
            ],
            Gateway = new()
            {
                Name = "gateway",
                Host = "shop.example.com",
                Routes = [new("/", "web", "https")],
            },
        };
        var traefik = new DockerOptions("here") { Traefik = new("proxy") };

        Assert.All((ITarget[])[new ComposeTarget(traefik), new SwarmTarget(traefik)], target =>
            Assert.StartsWith(
                $"gateway.routing: {target.Title} can't carry \"/ to web\". Traefik refuses the certificate of web's endpoint "
                    + "https, which names no replica's address. Remedy: route to an HTTP endpoint,",
                Assert.Single(Assert.Throws<PlanException>(() => Publication.Create(plan, target, [])).Errors).ToString(),
                StringComparison.Ordinal
            )
        );
    }

    [Theory]
    [InlineData(
        "docker",
        nameof(CertificateMode.None),
        "entryPoints.web",
        Dial,
        "entryPoints.web.transport.respondingTimeouts.readTimeout"
    )]
    [InlineData(
        "docker",
        nameof(CertificateMode.Automatic),
        "entryPoints.web",
        "entryPoints.websecure",
        "certificatesResolvers.letsencrypt",
        Dial,
        Read
    )]
    [InlineData(
        "swarm",
        nameof(CertificateMode.Internal),
        "entryPoints.web",
        "entryPoints.websecure",
        "tls.certificates",
        Dial,
        Read,
        "providers.swarm.refreshSeconds"
    )]
    [InlineData(
        "nomad",
        nameof(CertificateMode.Automatic),
        "entryPoints.web",
        "entryPoints.websecure",
        "certificatesResolvers.letsencrypt",
        Dial,
        Read
    )]
    public void Inputs_ATraefikThatRunsAlready_AreWhatItMustHave(string provider, string certificate, params string[] own)
    {
        var options = new DockerOptions("here") { Traefik = new("proxy") };
        var plan = With("") with
        {
            Gateway = new()
            {
                Name = "gateway",
                Host = "shop.example.com",
                Certificate = Enum.Parse<CertificateMode>(certificate),
                Routes = [new("/", "api", "http")],
            },
        };
        (ITarget Traefik, ITarget None) target = provider switch
        {
            "swarm" => (new SwarmTarget(options), new SwarmTarget()),
            "docker" => (new ComposeTarget(options), new ComposeTarget()),
            _ => (new NomadTarget(new() { Traefik = options.Traefik }), new NomadTarget()),
        };

        var inputs = target
            .Traefik.Inputs(plan)
            .Select(static input => input.Name)
            .Except(target.None.Inputs(plan).Select(static input => input.Name));

        Assert.Equal([.. provider == "nomad" ? Array.Empty<string>() : ["proxy"], $"providers.{provider}", .. own], inputs);
    }

    [Fact]
    public void Write_TargetsOfNamesOfTheirOwn_AreDeploymentsOfTheirOwn()
    {
        var plan = With("") with { Volumes = [new("data")] };

        Assert.Contains("\nname: shop\n", Compose("compose"), StringComparison.Ordinal);
        Assert.Contains("\nname: shop-on-site\n", Compose("on-site"), StringComparison.Ordinal);
        Assert.Contains(
            " shop-on-site_api ",
            string.Join(' ', new SwarmTarget(new("on-site")).Commands(plan).Select(static command => command.Line + " ")),
            StringComparison.Ordinal
        );

        string Compose(string name) => new ComposeTarget(new(name)).Write(plan)[0].Content;
    }

    [Fact]
    public void Check_TwoEndpointsOnOnePortOfTheMachine_AreRefused()
    {
        static Workload Listening(string name, int inside, int? outside) =>
            new()
            {
                Name = name,
                Image = new ImageReference("example/api", "1"),
                Restart = new(RestartMode.Always),
                Ports = [new("http", inside, "http") { External = true, ExternalNumber = outside }],
            };
        var plan = new DeploymentPlan
        {
            Name = "shop",
            Workloads = [Listening("a", 8080, null), Listening("b", 80, 8080), Listening("c", 8081, null)],
        };

        Assert.All(Both, target =>
            Assert.Equal(
                ["b.ports.http: 8080 is the port of a's endpoint \"http\" on the machine already; give this one another: port: 8081"],
                target.Check(plan).Select(static error => error.ToString())
            )
        );
        Assert.Equal(
            ["b.ports.http: 8080 is the port of a's endpoint \"http\" on a client already; give this one another: port: NUMBER"],
            new NomadTarget().Check(plan).Select(static error => error.ToString())
        );
    }

    [Fact]
    public void Write_RoutesWhoseNamesAreAlike_HaveMatchersOfTheirOwn()
    {
        var plan = With("") with
        {
            Gateway = new()
            {
                Name = "gateway",
                Host = "shop.test",
                Certificate = CertificateMode.Internal,
                Routes = [new("/a/b", "api", "http", false), new("/a-b", "api", "http", false), new("/a.b", "api", "http", false)],
            },
        };
        plan = plan with { Workloads = [plan.Workloads[0] with { Ports = [new("http", 8080, "http")] }] };

        Assert.Equal(
            ["@a-b path /a/b /a/b/*", "@a-b-2 path /a-b /a-b/*", "@a-b-3 path /a.b /a.b/*"],
            new ComposeTarget()
                .Write(plan)
                .Single(static file => file.Path == "gateway/Caddyfile")
                .Content.Split('\n')
                .Select(static line => line.Trim())
                .Where(static line => line.StartsWith("@a", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Write_TemplatesOfSwarm_AreTextInVariablesAndMounts()
    {
        var plan = With("");
        plan = plan with { Workloads = [plan.Workloads[0] with { Environment = [new("X", "{{.Service.Name}} {{{a}}}")] }] };

        Assert.Contains(
            "X: \"{{\\\"{{\\\"}}.Service.Name}} {{\\\"{{\\\"}}{a}}}\"",
            new SwarmTarget().Write(plan).Single(static file => file.Path == "stack.api.yaml").Content,
            StringComparison.Ordinal
        );
    }
}
