using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Tests.Concepts;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>What can't be written is refused, with the resource, the value and the way out.</summary>
public class AzureCheckTests
{
    private static readonly Workload Api = new()
    {
        Name = "api",
        Image = new ImageReference("docker.io/example/api", "1"),
        Restart = RestartPolicy.Always,
        Isolation = Isolation.DotNet,
        Ports = [new("http", 8080, "http")],
    };

    private static readonly PublicGateway Gateway = new()
    {
        Name = "gateway",
        Host = "shop.example.com",
        Certificate = CertificateMode.Automatic,
        Routes = [new("/", "api", "http")],
    };

    private static readonly Workload Postgres = new()
    {
        Name = "postgres",
        Image = new ImageReference("docker.io/library/postgres", "18.3"),
        Restart = RestartPolicy.Always,
        Ports = [new("tcp", 5432, "tcp")],
    };

    private static readonly Workload Redis = Postgres with { Name = "cache", Image = new ImageReference("docker.io/library/redis", "8.6") };

    private static readonly ProjectImage Project = new("../Api/Api.csproj", "shop-api", "1.0.0", "Api.dll");

    private static DeploymentPlan With(params Workload[] workloads) => new() { Name = "shop", Workloads = [.. workloads] };

    private static void Refuses(string reason, DeploymentPlan plan, AzureContainerAppsOptions? options = null) =>
        Assert.Contains(
            Assert.Throws<PlanException>(() => Publication.Create(plan, new AzureContainerAppsTarget(options), [])).Errors,
            error => error.ToString().StartsWith(reason, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("a")]
    [InlineData("a--b")]
    [InlineData("a-name-of-more-than-32-characters")]
    public void Name_ThatNoAppMayHave_IsRefused(string name) =>
        Refuses(
            $"{name}.name: \"{name}\" can't name an app: 2 to 32 letters, digits and single hyphens; rename it",
            With(Api with { Name = name })
        );

    [Theory]
    [InlineData("10.8.0.0/20", "10.8.0.0/23", "10.8.2.0/27", "10.8.2.32/27")]
    [InlineData("192.168.252.0/22", "192.168.252.0/23", "192.168.254.0/27", "192.168.254.32/27")]
    public void AddressRange_HoldsTheSubnets(string range, string apps, string postgres, string endpoints)
    {
        var network = AddressRange.Parse(range)!;

        Assert.Equal((range, apps, postgres, endpoints), (network.Text, network.Apps, network.Postgres, network.Endpoints));
    }

    [Theory]
    [InlineData("10.0.0.0/24")]
    [InlineData("10.0.0.1/16")]
    [InlineData("172.30.0.0/16")]
    [InlineData("172.16.0.0/12")]
    [InlineData("100.100.0.0/20")]
    [InlineData("fd00::/16")]
    [InlineData("ten")]
    public void AddressRange_ThatNoEnvironmentMayHave_IsRefused(string range) =>
        Assert.Equal(
            $"azure.addressRange: \"{range}\" isn't a range that a network may have; write one of IPv4 between /8 and /22 that "
                + "begins at its first address and leaves out 169.254.0.0/16, 172.30.0.0/15, 192.0.2.0/24 and 100.100.0.0/16, like "
                + "10.8.0.0/20",
            Assert.Throws<DistributedApplicationException>(() => Declared(azure => azure.WithAddressRange(range))).Message
        );

    [Theory]
    [InlineData(
        "West Europe",
        "azure.location: \"West Europe\" is no region's name; write one like westeurope (az account list-locations --query [].name)"
    )]
    [InlineData("", "azure.location: \"\" is no region's name; write one like westeurope (az account list-locations --query [].name)")]
    public void Location_ThatIsNoName_IsRefused(string location, string refusal) =>
        Assert.Equal(
            refusal,
            Assert.Throws<DistributedApplicationException>(() => Declared(azure => azure.WithLocation(location))).Message
        );

    [Fact]
    public void ResourceGroup_ThatIsNoName_IsRefused() =>
        Assert.Equal(
            "azure.resourceGroup: \"rg.\" can't name a resource group; write up to 90 letters, digits, hyphens, underscores, "
                + "periods and parentheses, no period last",
            Assert.Throws<DistributedApplicationException>(() => Declared(static azure => azure.WithResourceGroup("rg."))).Message
        );

    [Theory]
    [InlineData(
        "cost/center",
        "7",
        "azure.tags: \"cost/center\" can't name a tag; write up to 128 letters without <, >, %, &, \\, ? and /"
    )]
    [InlineData("note", "two\nlines", "azure.tags: \"two\nlines\" can't be the value of note; write up to 256 letters in one line")]
    [InlineData("Aspire-Deploy", "x", "azure.tags: has Aspire-Deploy already; take one away")]
    public void Tag_ThatAzureDoesNotTake_IsRefused(string name, string value, string refusal) =>
        Assert.Equal(refusal, Assert.Throws<DistributedApplicationException>(() => Declared(azure => azure.WithTag(name, value))).Message);

    private static void Declared(Action<Aspire.Hosting.ApplicationModel.IResourceBuilder<AzureContainerAppsTargetResource>> choose) =>
        choose(
            DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "publish-azure"]).AddAzureContainerAppsTarget("azure")
        );

    [Fact]
    public void Isolation_WhatContainerAppsHasNoSettingFor_IsWeakened()
    {
        Assert.Equal(
            [
                "api.isolation: Container Apps has no setting for it: it runs as the user that its image names, which may not be "
                    + "1654; its root file system can be written to",
            ],
            Weakened(Api)
        );
        Assert.Equal(
            ["api.isolation: Container Apps has no setting for it: its root file system can be written to"],
            Weakened(Api with { Image = Project })
        );
        Assert.Equal(
            ["api.isolation: Container Apps has no setting for it: it runs as the user that its image names, which isn't 1000"],
            Weakened(Api with { Image = Project, Isolation = new(1000, 1000, ReadOnlyRoot: false, []) })
        );
        Assert.Equal(
            [
                "cache.isolation: Container Apps has no setting for it: it begins as root, with a container's usual capabilities, "
                    + "and becomes user 999 and not 1000",
            ],
            Weakened(Redis with { Isolation = new(1000, 1000, ReadOnlyRoot: false, []) })
        );
        Assert.Equal(
            [
                "cache.isolation: Container Apps has no setting for it: it begins as root, with a container's usual capabilities; "
                    + "its root file system can be written to",
            ],
            Weakened(
                Redis with
                {
                    Isolation = WellKnownImages.Redis.Isolation,
                    Entrypoint = ["/bin/sh"],
                    Arguments = ["-c", "exec redis-server --save 60"],
                }
            )
        );
        Assert.Equal(
            [
                "cache.isolation: Container Apps has no setting for it: it runs as root and not as user 999, with a container's "
                    + "usual capabilities; its root file system can be written to",
            ],
            Weakened(
                Redis with
                {
                    Isolation = WellKnownImages.Redis.Isolation,
                    Entrypoint = ["/bin/sh"],
                    Arguments = ["-c", "sleep 1; redis-server"],
                }
            )
        );
        Assert.Empty(Weakened(Api with { Image = Project, Isolation = Isolation.DotNetWritable }));
        Assert.Empty(Weakened(Api with { Isolation = Isolation.ImageOwn }));

        static IEnumerable<string> Weakened(Workload workload) =>
            new AzureContainerAppsTarget()
                .Concepts.Judge(With(workload))
                .Where(static result =>
                    result.Outcome is AspireDeploy.Targets.Weakened && result.Definition.Concept == AspireDeploy.Model.Concept.Isolation
                )
                .Select(static result => $"{result.Key}: {((AspireDeploy.Targets.Weakened)result.Outcome).What}");
    }

    [Fact]
    public void Name_OfTheTarget_IsRefused() => Refuses("azure.name: is the target's name too", With(Api with { Name = "azure" }));

    [Fact]
    public void Name_OfAzdsOwn_IsRefused() =>
        Refuses("location.name: \"location\" is a name of azd's own; rename it", With(Api) with { Parameters = [new("location")] });

    [Fact]
    public void Name_OfTwoVolumesThatBecomeOne_IsRefused() =>
        Refuses(
            "my_data.name: becomes the share \"data-my-data\", as my.data does; rename one",
            With(Api) with
            {
                Volumes = [new("my.data"), new("my_data")],
            }
        );

    [Fact]
    public void Memory_ThatNoPairHolds_IsRefused() =>
        Refuses(
            "api.memory: Azure Container Apps can't carry \"limit 9Gi, request 1Gi\". No pair of cores and memory holds 9Gi: the "
                + "largest is 4.0 cores with 8.0Gi. Remedy: ask for 8Gi or less",
            With(Api with { Memory = new(Size.Gibibytes(1), Size.Gibibytes(9)) })
        );

    [Theory]
    [InlineData(0, 0, "0.5 cores with 1.0Gi")]
    [InlineData(1, 0, "0.25 cores with 0.5Gi")]
    [InlineData(512, 0, "0.25 cores with 0.5Gi")]
    [InlineData(513, 0, "0.5 cores with 1.0Gi")]
    [InlineData(8192, 0, "4.0 cores with 8.0Gi")]
    [InlineData(512, 0.26, "0.5 cores with 1.0Gi")]
    [InlineData(0, 4, "4.0 cores with 8.0Gi")]
    public void Size_OfWhatIsDeclared_IsTheSmallestPairThatHoldsIt(int mebibytes, double cores, string pair)
    {
        var workload = Api with
        {
            Memory = mebibytes == 0 ? null : new(Size.Mebibytes(1), Size.Mebibytes(mebibytes)),
            Cpu = cores == 0 ? null : new((decimal)cores),
        };

        Assert.Equal(pair, ContainerSize.For(workload).ToString());
    }

    [Fact]
    public void Cpu_ThatNoPairHas_IsRefused() =>
        Refuses(
            "api.cpu: Azure Container Apps can't carry \"request 5\". No pair of cores and memory has 5 cores",
            With(Api with { Cpu = new(5) })
        );

    [Fact]
    public void Host_WithoutAChoiceOfCertificate_IsRefused() =>
        Refuses(
            "gateway.host: nothing binds \"shop.example.com\" to the environment; name its certificate, "
                + ".WithCustomDomain(certificate: \"NAME\")",
            With(Api) with
            {
                Gateway = Gateway,
            }
        );

    [Fact]
    public void Host_ThatIsNotPublic_CanNotBeBound() =>
        Refuses(
            "gateway.host: \"localhost\" is no public name",
            With(Api) with
            {
                Gateway = Gateway with { Host = "localhost", Certificate = CertificateMode.Internal },
            },
            new() { CustomDomain = new(null, "shop") }
        );

    [Fact]
    public void Host_GivenToTheTarget_IsBoundInItsPlace() =>
        Assert.Empty(
            new AzureContainerAppsTarget(new() { CustomDomain = new("shop.example.org", "shop") }).Check(
                With(Api) with
                {
                    Gateway = Gateway with { Host = "localhost", Certificate = CertificateMode.Internal },
                }
            )
        );

    [Fact]
    public void Routes_ToTwoApps_AreRefused() =>
        Refuses(
            "gateway.routing: Azure Container Apps can't carry \"/web to web, / to api\". An app's ingress leads to that app alone",
            With(Api, Api with { Name = "web" }) with
            {
                Gateway = Gateway with { Routes = [new("/", "api", "http"), new("/web", "web", "http")] },
            },
            new() { CustomDomain = new(null, null) }
        );

    [Fact]
    public void Route_ToPartOfAnApp_IsRefused() =>
        Refuses(
            "gateway.routing: Azure Container Apps can't carry \"/api to api\". An app's ingress serves every path of api",
            With(Api) with
            {
                Gateway = Gateway with { Routes = [new("/api", "api", "http")] },
            },
            new() { CustomDomain = new(null, null) }
        );

    [Fact]
    public void Route_OverHttpsInside_IsRefused() =>
        Refuses(
            "gateway.routing: Azure Container Apps can't carry \"/ to api\". Ingress ends TLS and speaks HTTP to api",
            With(Api with { Ports = [new("http", 8443, "https")] }) with
            {
                Gateway = Gateway,
            },
            new() { CustomDomain = new(null, null) }
        );

    [Fact]
    public void Port_OfTheGatewayThatIngressHasNot_IsRefused() =>
        Refuses("gateway.httpsPort: 8443 can't be chosen", With(Api) with { Gateway = Gateway with { HttpsPort = 8443 } });

    [Fact]
    public void Port_ByUdp_IsRefused() =>
        Refuses(
            "api.ports.log: 514 is UDP, which Container Apps doesn't carry",
            With(Api with { Ports = [new("log", 514, "udp") { Protocol = PortProtocol.Udp }] })
        );

    [Fact]
    public void Ports_MoreThanAnAppMayHave_AreRefused() =>
        Refuses(
            "api.ports: are 7, and an app has one ingress and up to 5 more ports",
            With(Api with { Ports = [.. Enumerable.Range(1, 7).Select(static number => new Port($"p{number}", 9000 + number, "tcp"))] })
        );

    [Fact]
    public void Port_OfTcpThatIsKeptForHttp_IsRefused() =>
        Refuses(
            "api.ports.tcp: is 443 by TCP, which is kept for HTTP; choose another",
            With(Api with { Ports = [new("tcp", 443, "tcp")] })
        );

    [Fact]
    public void Replicas_MoreThanAnAppMayHave_AreRefused() =>
        Refuses("api.replicas: 1001 are more than the 1000 that an app may have", With(Api with { Scale = Scale.Fixed(1001) }));

    [Fact]
    public void Replicas_OfWhatOwnsData_AreRefused() =>
        Refuses(
            "postgres.replicas: 2 replicas can't share \"data\", which one process owns; run one, or keep the data in a service of its own",
            With(
                Postgres with
                {
                    Scale = Scale.Fixed(2),
                    Update = UpdateOrder.StopFirst,
                    Mounts = [new("data", "/var/lib/postgresql")],
                }
            ) with
            {
                Volumes = [new("data")],
            }
        );

    [Fact]
    public void Job_TriedWithoutEnd_IsRefused() =>
        Refuses(
            "api.restart: Azure Container Apps can't carry \"on failure\". A job isn't tried without end. Remedy: give a number of "
                + "attempts",
            With(Api with { Kind = WorkloadKind.Job, Ports = [], Restart = new(RestartMode.OnFailure) })
        );

    [Fact]
    public void BackOff_IsRefused() =>
        Refuses(
            "api.backoff: ",
            With(Api with { Restart = RestartPolicy.Always with { BackOff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)) } })
        );

    [Fact]
    public void Probe_ByACommandOfAnUnknownImage_IsAConnection() =>
        Assert.Equal(
            "weakened: probe of type `Readiness`. Container Apps runs no command in a container, so a connection is asked for in "
                + "place of \"true\". Remedy: declare an HTTP endpoint that tells (WithHttpProbe)",
            Outcome.Of(
                new AzureContainerAppsTarget(),
                With(Api with { Probes = new() { Readiness = new(new ExecProbe(["true"])) } }),
                "api.readiness"
            )
        );

    [Fact]
    public void Probe_ByACommandOfOneWithoutAPort_IsntAsked() =>
        Assert.Equal(
            "weakened: nothing. Container Apps runs no command in a container, so nobody asks \"true\". Remedy: declare an HTTP "
                + "endpoint that tells (WithHttpProbe)",
            Outcome.Of(
                new AzureContainerAppsTarget(),
                With(
                    Api with
                    {
                        Ports = [],
                        Probes = new() { Readiness = new(new ExecProbe(["true"])) },
                    }
                ),
                "api.readiness"
            )
        );

    [Fact]
    public void Probe_WithMoreFailuresThanAreCounted_IsRefused() =>
        Refuses(
            "api.liveness: ",
            With(Api with { Probes = new() { Liveness = new(new HttpProbe("http", "/alive")) { FailureThreshold = 11 } } })
        );

    [Fact]
    public void StartupProbe_WithMoreTimeThanThereIs_IsRefused() =>
        Refuses(
            "api.startup-probe: ",
            With(
                Api with
                {
                    Probes = new()
                    {
                        Startup = new(new HttpProbe("http", "/health")) { Period = TimeSpan.FromMinutes(1), FailureThreshold = 41 },
                    },
                }
            )
        );

    [Fact]
    public void File_ThatIsRun_IsRefused() =>
        Refuses(
            "api.files: Azure Container Apps can't carry \"/opt/run.sh\". Container Apps mounts /opt/run.sh without the right to run it",
            With(Api with { Files = [new("/opt/run.sh", "true\n", Executable: true)] })
        );

    [Fact]
    public void Default_ThatAzdMisreads_IsRefused() =>
        Refuses(
            "motto.default: \"it's\" holds quotes, backslashes, braces or line breaks, which azd misreads in a default",
            With(Api) with
            {
                Parameters = [new("motto", "it's")],
            }
        );

    [Fact]
    public void ManagedRedis_WithoutAPassword_IsRefused() => Refuses("cache.password: is none", With(Redis), new() { Redis = new() });

    [Fact]
    public void ManagedPostgres_WithAUserThatIsAzures_IsRefused() =>
        Refuses(
            "postgres.user: \"admin\" can't be a flexible server's administrator; choose another",
            With(Postgres with { Environment = [new("POSTGRES_USER", "admin")] }),
            new() { Postgres = new() }
        );

    [Fact]
    public void ManagedPostgres_WithAScriptOfItsOwn_IsRefused()
    {
        var server = Postgres with
        {
            Environment = [new("POSTGRES_PASSWORD", [new SecretReference("password")], new FileNamedByVariable("POSTGRES_PASSWORD_FILE"))],
            Files = [new("/docker-entrypoint-initdb.d/more.sql", "select 1;\n")],
        };

        Refuses("postgres.files: ", With(server) with { Secrets = [new("password")] }, new() { Postgres = new() });
    }

    [Fact]
    public void ManagedPostgres_OfAVersionThatAzureHasNot_IsRefused() =>
        Refuses(
            "postgres.image: \"docker.io/library/postgres:9.6\" says no version that Azure Database for PostgreSQL has; give it the "
                + "tag of 14, 15, 16, 17, 18",
            With(Postgres with { Image = new ImageReference("docker.io/library/postgres", "9.6") }),
            new() { Postgres = new() }
        );

    [Fact]
    public void ManagedPostgres_WithADatabaseThatAzureCanNotName_IsRefused() =>
        Refuses(
            "postgres.databases.it's: \"it's\" can't name a database there",
            With(Postgres with { Databases = ["it's"] }),
            new() { Postgres = new() }
        );

    [Fact]
    public void Registry_ThatAzdDoesNotPushTo_IsRefused() =>
        Refuses(
            "azure.registry: azd pushes images to a registry that is deployed with the rest, not to \"ghcr.io/acme\"; take "
                + ".WithContainerRegistry away",
            With(Api),
            (
                (AzureContainerAppsTarget)
                    Concepts.Declared.Application().AddAzureContainerAppsTarget().PushedTo("ghcr.io", "acme").Resource.Target
            ).Options
        );

    [Fact]
    public void Port_OfAJobThatSomebodyReaches_IsRefused()
    {
        var plan = With(
            Api with
            {
                Environment = [new("NAME", [new EndpointReference("job", "http", EndpointProperty.Url)])],
            },
            Api with
            {
                Name = "job",
                Kind = WorkloadKind.Job,
                Restart = RestartPolicy.Never,
            }
        );

        Refuses("job.ports.http: is what api reaches, and nobody can reach a job; take the reference away", plan);
    }

    [Fact]
    public void Port_OfAJobThatNobodyReaches_IsNoMatter() =>
        Assert.Empty(new AzureContainerAppsTarget().Check(With(Api with { Kind = WorkloadKind.Job, Restart = RestartPolicy.Never })));

    [Fact]
    public void Secrets_OfOneNameWithTwoValues_AreRefused()
    {
        var plan = With(
            Api with
            {
                SecretFiles =
                [
                    new("/a/key", [new Literal("1"), new SecretReference("one")]),
                    new("/b/key", [new Literal("2"), new SecretReference("one")]),
                ],
            }
        ) with
        {
            Secrets = [new("one")],
        };

        Refuses("api.secrets.api-key: is what the names of two of its secrets become; rename one", plan);
    }

    [Fact]
    public void File_ThatIsEmpty_IsRefused() =>
        Refuses(
            "api.files./etc/empty: is empty, and Container Apps keeps files as secrets, which must have a value; put it into the "
                + "image, or a line into it",
            With(Api with { Files = [new("/etc/empty", "")] })
        );

    [Fact]
    public void Secret_InTwoFiles_IsOneSecret() =>
        Assert.Empty(
            new AzureContainerAppsTarget().Check(
                With(
                    Api with
                    {
                        SecretFiles = [new("/a/key", [new SecretReference("one")]), new("/b/key", [new SecretReference("one")])],
                    }
                ) with
                {
                    Secrets = [new("one")],
                }
            )
        );
}
