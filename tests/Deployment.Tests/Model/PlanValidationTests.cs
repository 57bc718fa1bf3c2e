using AspireDeploy.Model;

namespace AspireDeploy.Tests.Model;

public class PlanValidationTests
{
    private static readonly Workload Api = new()
    {
        Name = "api",
        Image = new ImageReference("example/api", "1"),
        Restart = RestartPolicy.Always,
        Ports = [new("http", 8080, "http")],
    };

    private static readonly Workload Database = new()
    {
        Name = "db",
        Image = new ImageReference("example/db", "1"),
        Restart = RestartPolicy.Always,
        Probes = new() { Readiness = new(new ExecProbe(["ready"])) },
        Ports = [new("tcp", 5432, "tcp")],
    };

    private static readonly Workload Job = new()
    {
        Name = "migrator",
        Image = new ImageReference("example/job", "1"),
        Kind = WorkloadKind.Job,
        Restart = RestartPolicy.Never,
    };

    private static string[] Errors(params Workload[] workloads) =>
        ErrorsOf(new() { Name = "shop", Workloads = workloads.ToEquatableArray() });

    private static string[] ErrorsOf(DeploymentPlan plan) =>
        [.. PlanValidation.Check(PlanOrder.Sort(plan)).Select(static error => error.ToString())];

    [Fact]
    public void Check_ASoundPlan_FindsNothing() =>
        Assert.Empty(
            Errors(
                Database,
                Job with
                {
                    Dependencies = [new("db", DependencyCondition.Healthy)],
                },
                Api with
                {
                    Dependencies = [new("migrator", DependencyCondition.Completed)],
                }
            )
        );

    [Fact]
    public void Check_RequestOverLimit_NamesBothAndThePath() =>
        Assert.Equal(
            ["api.memory.request: 512Mi is more than the limit, 256Mi"],
            Errors(Api with { Memory = new(Size.Mebibytes(512), Size.Mebibytes(256)) })
        );

    [Fact]
    public void Check_LimitTooSmall_IsRefused() =>
        Assert.Equal(
            ["api.memory.limit: 1Mi is less than the 6Mi any container needs"],
            Errors(Api with { Memory = new(Size.Mebibytes(1), Size.Mebibytes(1)) })
        );

    [Fact]
    public void Check_AutoscaleMinimumOverMaximum_IsRefused() =>
        Assert.Equal(
            ["api.replicas: the minimum, 5, is more than the maximum, 2; give the smaller first"],
            Errors(Api with { Scale = new(5, 2) { CpuPercent = 70 } })
        );

    [Fact]
    public void Check_WaitForHealthOfOneWithoutAProbe_SaysWhatToDo() =>
        Assert.Equal(
            ["api.waits.db: db has no readiness probe that says when it is healthy; add one, or wait for its start (WaitForStart)"],
            Errors(Database with { Probes = Probes.None }, Api with { Dependencies = [new("db", DependencyCondition.Healthy)] })
        );

    [Fact]
    public void Check_WaitForCompletionOfAService_IsRefused() =>
        Assert.Equal(
            ["api.waits.db: db is a service, which never completes; use WaitFor"],
            Errors(Database, Api with { Dependencies = [new("db", DependencyCondition.Completed)] })
        );

    [Fact]
    public void Check_WaitForHealthOfAJob_IsRefused() =>
        Assert.Equal(
            ["api.waits.migrator: migrator is a job, which can only be waited for to complete; use WaitForCompletion"],
            Errors(Job, Api with { Dependencies = [new("migrator", DependencyCondition.Healthy)] })
        );

    [Fact]
    public void Check_ACircleOfWaits_NamesItsMembers() =>
        Assert.Equal(
            ["api.waits: api, db wait for each other, so none of them ever starts; take one wait away"],
            Errors(
                Api with
                {
                    Dependencies = [new("db", DependencyCondition.Started)],
                },
                Database with
                {
                    Dependencies = [new("api", DependencyCondition.Started)],
                }
            )
        );

    [Fact]
    public void Check_NamesThatDifferInCapitalsAlone_AreRefused() =>
        Assert.Equal(
            ["API.name: more than one resource has it: API, api; give each its own, in more than its capitals"],
            Errors(Api, Api with { Name = "API" })
        );

    [Fact]
    public void Check_ANameNoTargetCanWrite_IsRefused() =>
        Assert.Equal(
            [
                "my_api.name: \"my_api\" is not a name that every target can write: 1 to 63 letters, digits and hyphens, a letter "
                    + "first and no hyphen last",
            ],
            Errors(Api with { Name = "my_api" })
        );

    [Fact]
    public void Check_ASecretInAnArgument_IsRefused()
    {
        var plan = new DeploymentPlan
        {
            Name = "shop",
            Workloads = [Api with { Arguments = ["--key", new([new SecretReference("key")])] }],
            Secrets = [new("key")],
        };

        Assert.Equal(
            ["api.args[1]: holds a secret, and process lists show arguments; pass it by an environment variable or a file"],
            ErrorsOf(plan)
        );
    }

    [Fact]
    public void Check_ReferencesToWhatIsNotThere_AreNamed() =>
        Assert.Equal(
            [
                "api.env.A: refers to \"cache\", which isn't deployed",
                "api.env.B: refers to api's endpoint \"admin\", which it doesn't have",
                "api.env.C: refers to the secret \"key\", which isn't declared",
                "api.env.D: refers to the parameter \"size\", which isn't declared",
                "api.env.E: refers to the gateway, and there is none",
            ],
            Errors(
                Api with
                {
                    Environment =
                    [
                        new("A", [new EndpointReference("cache", "tcp", EndpointProperty.Url)]),
                        new("B", [new EndpointReference("api", "admin", EndpointProperty.Url)]),
                        new("C", [new SecretReference("key")]),
                        new("D", [new ParameterReference("size")]),
                        new("E", [new GatewayReference(EndpointProperty.Url)]),
                    ],
                }
            )
        );

    [Fact]
    public void Check_AGatewayWithFaults_NamesEach()
    {
        var plan = new DeploymentPlan
        {
            Name = "shop",
            Workloads = [Api, Database],
            Gateway = new()
            {
                Name = "gateway",
                Host = "https://shop",
                Certificate = CertificateMode.Automatic,
                Routes = [new("api", "api", "http"), new("/db", "db", "tcp"), new("/db", "db", "tcp")],
            },
        };

        Assert.Equal(
            [
                "gateway.host: \"https://shop\" is not a host name; write one like shop.example.com, without scheme, port or path",
                "gateway.certificate: no public authority signs a certificate for \"https://shop\"; name a public host, or use the "
                    + "gateway's own authority",
                "gateway.routes./db: db's port \"tcp\" speaks tcp, not HTTP",
                "gateway.routes./db: is routed twice",
                "gateway.routes./db: db's port \"tcp\" speaks tcp, not HTTP",
                "gateway.routes.api: \"api\" is not a path; write / or one like /api",
            ],
            ErrorsOf(plan)
        );
    }

    [Fact]
    public void Sound_AnUnsoundPlan_ThrowsWithEveryReason() =>
        Assert.Equal(
            2,
            Assert
                .Throws<PlanException>(() =>
                    PlanValidation.Sound(new() { Name = "shop", Workloads = [Api with { Name = "a b", Scale = new(0, 0) }] })
                )
                .Errors.Count
        );

    [Theory]
    [InlineData("example/api", "$TAG", "\"$TAG\" is not a tag: at most 128 letters, digits, _, . and -, and neither . nor - first")]
    [InlineData(
        "Example/API",
        "1",
        "\"Example/API\" is not the name of an image: parts of lower-case letters, digits, ., _ and -, with / between them; a host with its "
            + "port may come first"
    )]
    public void Check_AnImageThatNoEngineTakes_IsNamed(string repository, string tag, string refusal) =>
        Assert.Equal([$"api.image: {refusal}"], Errors(Api with { Image = new ImageReference(repository, tag) }));

    [Theory]
    [InlineData("docker.io/library/redis", "8.2-alpine")]
    [InlineData("localhost:5000/a__b/c-d", "_1")]
    [InlineData("Registry.Example.com/shop/api", "V1")]
    public void Check_AnImageThatEnginesTake_IsSound(string repository, string tag) =>
        Assert.Empty(Errors(Api with { Image = new ImageReference(repository, tag) }));

    [Fact]
    public void Check_AnImageByDigest_IsAWholeOne() =>
        Assert.Equal(
            ["api.image: \"sha256:12\" is not a digest: sha256: and 64 hexadecimal digits"],
            Errors(Api with { Image = new ImageReference("example/api", null, "sha256:12") })
        );

    [Fact]
    public void Check_AResourceCalledLocalhost_IsRefused() =>
        Assert.Equal(
            ["localhost.name: is what every container calls itself, so nobody else reaches it by that; rename it"],
            Errors(Api with { Name = "localhost" })
        );

    [Theory]
    [InlineData("/he alth")]
    [InlineData("health")]
    [InlineData("/ä")]
    public void Check_APathThatNoRequestHas_IsRefused(string path) =>
        Assert.Equal(
            [$"api.readiness: \"{path}\" is not a path; it begins with / and has other letters than ASCII's as %20 and the like"],
            Errors(Api with { Probes = new() { Readiness = new(new HttpProbe("http", path)) } })
        );
}
