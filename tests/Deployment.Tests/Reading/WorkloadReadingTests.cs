using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Reading;

public class WorkloadReadingTests
{
    [Fact]
    public async Task Build_AProject_IsBuiltFromItsFile_AndRunsWithoutRoot()
    {
        var api = await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api"));

        Assert.Equal(new ProjectImage("../Api/Api.csproj", "shop-api", "1.0.0", "Api.dll"), api.Image);
        Assert.Equal(Isolation.DotNetWritable, api.Isolation);
        Assert.Empty(api.HealthCommand);
        Assert.Equal(
            (WorkloadKind.Service, RestartPolicy.Always, UpdateOrder.StartFirst, Scale.One),
            (api.Kind, api.Restart, api.Update, api.Scale)
        );
    }

    [Fact]
    public async Task Build_AProjectWithServiceDefaults_AsksItself_AndHasAReadOnlyRoot()
    {
        var api = await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api").WithServiceDefaults());

        Assert.Equal(Isolation.DotNet, api.Isolation);
        Assert.Equal(["dotnet", "Api.dll", "healthcheck"], api.HealthCommand);
    }

    [Theory]
    [InlineData("<AssemblyName>Shop.Api</AssemblyName>", "Shop.Api.dll", nameof(ImageShell.Bash))]
    [InlineData("<ContainerFamily>alpine</ContainerFamily>", "Api.dll", nameof(ImageShell.BusyBox))]
    [InlineData("<ContainerFamily>noble-chiseled</ContainerFamily>", "Api.dll", nameof(ImageShell.None))]
    [InlineData("<ContainerBaseImage>example/base</ContainerBaseImage>", "Api.dll", nameof(ImageShell.None))]
    [InlineData("<PublishAot>true</PublishAot>", "Api.dll", nameof(ImageShell.None))]
    public async Task Build_WhatAProjectSaysOfItsImage_IsntTakenForGranted(string property, string assembly, string shell) =>
        Assert.Equal(
            new ProjectImage("../Api/Api.csproj", "shop-api", "1.0.0", assembly) { Shell = Enum.Parse<ImageShell>(shell) },
            (
                await new Planned()
                    .File("/shop/Api/Api.csproj", $"<Project><PropertyGroup>{property}</PropertyGroup></Project>")
                    .PlanAsync(static builder => builder.AddProject<Planned.Web>("api"))
            )
                .WorkloadNamed("api")
                .Image
        );

    [Theory]
    [InlineData("/shop/Directory.Build.props", nameof(ImageShell.None))]
    [InlineData("/shop/Api/Directory.Build.targets", nameof(ImageShell.None))]
    [InlineData("/shop/Front/Directory.Build.props", nameof(ImageShell.Bash))]
    public async Task Build_WhatProjectsHaveInCommon_IsntTakenForGrantedEither(string path, string shell) =>
        Assert.Equal(
            Enum.Parse<ImageShell>(shell),
            WellKnownImages.ShellOf(
                (
                    await new Planned()
                        .File(path, "<Project><PropertyGroup><ContainerFamily>noble-chiseled</ContainerFamily></PropertyGroup></Project>")
                        .PlanAsync(static builder => builder.AddProject<Planned.Web>("api"))
                )
                    .WorkloadNamed("api")
                    .Image
            )
        );

    [Fact]
    public async Task Build_ADockerfile_IsBuiltWhenItIsDeployed() =>
        Assert.Equal(
            new DockerfileImage("../front", "shop-front", "1.0.0"),
            (
                await new Planned()
                    .File("/shop/front/Dockerfile", "FROM scratch")
                    .PlanAsync(static builder => builder.AddDockerfile("front", "/shop/front"))
            )
                .WorkloadNamed("front")
                .Image
        );

    [Fact]
    public async Task Build_ADockerfileThatIsntThere_IsRefused() =>
        Assert.Equal(
            [
                "front.dockerfile: is /shop/front/Dockerfile, and there is no such file; add it, or name another",
                "back.dockerfile: builds from the folder /shop/back, and there is none; name one that there is",
            ],
            await new Planned()
                .File("/shop/front/index.html", "")
                .RefusedAsync(static builder =>
                {
                    builder.AddDockerfile("front", "/shop/front");
                    builder.AddDockerfile("back", "/shop/back");
                })
        );

    [Fact]
    public async Task Build_ADockerfileThatCodeWrites_NeedsNoFile() =>
        Assert.Equal(
            new DockerfileImage("../front", "shop-front", "1.0.0"),
            (
                await new Planned()
                    .File("/shop/front/index.html", "")
                    .PlanAsync(static builder =>
                        builder.AddDockerfileFactory("front", "/shop/front", static _ => Task.FromResult("FROM scratch"))
                    )
            )
                .WorkloadNamed("front")
                .Image
        );

    [Theory]
    [InlineData("redis", "7", "docker.io/library/redis:7")]
    [InlineData("grafana/grafana", "12.0", "docker.io/grafana/grafana:12.0")]
    [InlineData("ghcr.io/example/api", "1", "ghcr.io/example/api:1")]
    [InlineData("localhost:5000/api", "1", "localhost:5000/api:1")]
    public async Task Build_AContainersImage_IsWrittenOut(string image, string tag, string written) =>
        Assert.Equal(written, (await Planned.WorkloadAsync("api", builder => builder.AddContainer("api", image, tag))).Image.ToString());

    [Fact]
    public async Task Build_AnImageByDigest_KeepsIt()
    {
        var digest = new string('a', 64);

        Assert.Equal(
            new ImageReference("docker.io/example/api", null, $"sha256:{digest}"),
            (await Planned.WorkloadAsync("api", builder => builder.AddContainer("api", "example/api").WithImageSHA256(digest))).Image
        );
    }

    [Fact]
    public async Task Build_EverythingDeclared_IsInThePlan()
    {
        var api = await Planned.WorkloadAsync("api", static builder =>
            builder
                .AddProject<Planned.Web>("api")
                .WithReplicas(3)
                .WithMemory("256Mi", "128Mi")
                .WithCpu(0.5, 1)
                .WithPidLimit(256)
                .WithRestartPolicy(
                    RestartMode.OnFailure,
                    maxAttempts: 5,
                    initialBackoff: TimeSpan.FromSeconds(1),
                    resetAfter: TimeSpan.FromMinutes(1)
                )
                .WithArgs("--verbose", "-x")
        );

        Assert.Equal(Scale.Fixed(3), api.Scale);
        Assert.Equal(new(Size.Mebibytes(128), Size.Mebibytes(256)), api.Memory);
        Assert.Equal(new(0.5m, 1m), api.Cpu);
        Assert.Equal(256, api.PidLimit);
        Assert.Equal(
            new(RestartMode.OnFailure, 5, new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5))) { ResetAfter = TimeSpan.FromMinutes(1) },
            api.Restart
        );
        Assert.Equal(["--verbose", "-x"], api.Arguments);
    }

    [Fact]
    public async Task Build_Autoscale_IsInThePlan() =>
        Assert.Equal(
            new(2, 6) { CpuPercent = 70 },
            (await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api").WithAutoscaling(2, 6))).Scale
        );

    [Fact]
    public async Task Build_WhatOthersWaitForToComplete_IsAJobThatIsNotRestarted()
    {
        var migrator = await Planned.WorkloadAsync("migrator", static builder =>
            builder.AddProject<Planned.Web>("api").WaitForCompletion(builder.AddProject<Planned.Worker>("migrator"))
        );

        Assert.Equal((WorkloadKind.Job, RestartPolicy.Never), (migrator.Kind, migrator.Restart));
    }

    [Fact]
    public async Task Build_Waits_AreOfServersByTheirStrongestCondition()
    {
        var api = await Planned.WorkloadAsync("api", static builder =>
        {
            var postgres = builder.AddPostgres("postgres");
            var cache = builder.AddContainer("cache", "example/cache");
            var job = builder.AddContainer("job", "example/job");
            builder
                .AddProject<Planned.Web>("api")
                .WaitForStart(postgres)
                .WaitFor(postgres.AddDatabase("catalog"))
                .WaitFor(cache)
                .WaitForCompletion(job, 3);
        });

        // The cache tells no health: as in Aspire, it is healthy once it runs.
        Assert.Equal(
            [
                new("cache", DependencyCondition.Started),
                new("job", DependencyCondition.Completed) { ExitCode = 3 },
                new("postgres", DependencyCondition.Healthy),
            ],
            api.Dependencies
        );
    }

    [Fact]
    public async Task Build_AVolumeWithAGeneratedName_HasTheSameNameFromEveryClone()
    {
        var plan = await Planned.OfAsync(static builder => builder.AddPostgres("postgres").WithDataVolume());

        Assert.Equal([new VolumeMount("postgres-data", "/var/lib/postgresql")], plan.WorkloadNamed("postgres").Mounts);
        Assert.Equal([new Volume("postgres-data")], plan.Volumes);
        Assert.Equal(UpdateOrder.StopFirst, plan.WorkloadNamed("postgres").Update);
    }

    [Fact]
    public async Task Build_AVolumeWithoutAName_IsNamedByWhereItIs() =>
        Assert.Equal(
            [new VolumeMount("store-var-data", "/var/Data")],
            (
                await Planned.WorkloadAsync("store", static builder =>
                    builder.AddContainer("store", "example/store").WithVolume("/var/Data")
                )
            ).Mounts
        );

    [Fact]
    public async Task Build_DatabasesOfAServer_AreMadeByItsFirstStart()
    {
        var postgres = await Planned.WorkloadAsync("postgres", static builder =>
        {
            var server = builder.AddPostgres("postgres");
            server.AddDatabase("orders");
            server.AddDatabase("catalog", "the \"catalog\"");
        });

        Assert.Equal(
            [
                new ContentFile(
                    "/docker-entrypoint-initdb.d/databases.sql",
                    "SELECT 'CREATE DATABASE \"orders\"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'orders')\\gexec\n"
                        + "SELECT 'CREATE DATABASE \"the \"\"catalog\"\"\"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname "
                        + "= 'the \"catalog\"')\\gexec\n"
                ),
            ],
            postgres.Files
        );
    }

    [Fact]
    public async Task Build_RedisWithAPassword_ReadsItFromAFile_NotFromItsArguments()
    {
        var cache = await Planned.WorkloadAsync("cache", static builder => builder.AddRedis("cache"));

        Assert.Equal(["/bin/sh"], cache.Entrypoint);
        Assert.Equal(["-c", "exec redis-server /run/secrets/redis.conf"], cache.Arguments);
        Assert.Equal(
            [
                new SecretFile(
                    "/run/secrets/redis.conf",
                    [new Literal("requirepass \""), new SecretReference("cache-password", ValueEncoding.RedisWord), new Literal("\"\n")]
                ),
            ],
            cache.SecretFiles
        );
        Assert.Empty(cache.Environment);
    }

    [Fact]
    public async Task Build_RedisWithData_WritesItAsDeclared() =>
        Assert.Equal(
            ["-c", "exec redis-server /run/secrets/redis.conf --save 60 1"],
            (await Planned.WorkloadAsync("cache", static builder => builder.AddRedis("cache").WithDataVolume())).Arguments
        );

    [Fact]
    public async Task Build_AProgramOfThisMachine_IsntDeployed() =>
        Assert.Equal(
            [
                "tool isn't deployed: It is a program on this machine, and only containers are deployed. Remedy: make a container "
                    + "of it with PublishAsDockerFile(), or a project.",
            ],
            await Planned.ShortAsync(static builder => builder.AddExecutable("tool", "node", "."))
        );

    [Fact]
    public async Task Build_WhatIsExcludedFromPublishing_IsNotInThePlan() =>
        Assert.Empty((await Planned.OfAsync(static builder => builder.AddExecutable("tool", "node", ".").ExcludeFromManifest())).Workloads);

    [Fact]
    public async Task Build_AResourceOfAnUnknownKind_IsntDeployed() =>
        Assert.Equal(
            [
                "thing isn't deployed: It is a Thing, which no target here deploys. Remedy: deploy it by its own means, or declare "
                    + "a container or a project.",
            ],
            await Planned.ShortAsync(static builder => builder.AddResource(new Thing("thing")))
        );

    [Fact]
    public async Task Build_WhatHoldsOnThisMachineAlone_IsntDeployed() =>
        Assert.Equal(
            [
                "api.networkAlias isn't deployed: other is a name on this machine's network; deployed, api is reached by its own. "
                    + "Remedy: refer to its endpoints.",
                "api.runtimeArgs isn't deployed: WithContainerRuntimeArgs gives options to the engine on this machine, which no "
                    + "target is given. Remedy: declare what they do: WithMemory, WithCpu, WithPidLimit, WithVolume.",
            ],
            await Planned.ShortAsync(static builder =>
                builder.AddContainer("api", "example/api").WithContainerRuntimeArgs("--privileged").WithContainerNetworkAlias("other")
            )
        );

    [Fact]
    public async Task Build_AProgramThatIsPublishedAsAContainer_IsTheOneThatOthersReferTo()
    {
        var plan = await new Planned()
            .File("/shop/front/Dockerfile", "FROM node")
            .PlanAsync(static builder =>
            {
                var front = builder.AddExecutable("front", "node", "/shop/front").WithHttpEndpoint(env: "PORT").PublishAsDockerFile();
                builder.AddContainer("api", "example/api").WithEnvironment("FRONT", front.GetEndpoint("http")).WaitFor(front);
                builder.AddGateway<Planned.Worker>("gateway").WithRoute("/", front);
            });

        Assert.Equal(
            [
                new EnvironmentVariable(
                    "PORT",
                    [new AspireDeploy.Model.EndpointReference("front", "http", AspireDeploy.Model.EndpointProperty.TargetPort)]
                ),
            ],
            plan.WorkloadNamed("front").Environment
        );
        Assert.Equal(
            [
                new EnvironmentVariable(
                    "FRONT",
                    [new AspireDeploy.Model.EndpointReference("front", "http", AspireDeploy.Model.EndpointProperty.Url)]
                ),
            ],
            plan.WorkloadNamed("api").Environment
        );
        Assert.Equal([new Dependency("front", DependencyCondition.Started)], plan.WorkloadNamed("api").Dependencies);
        Assert.Equal([new Route("/", "front", "http")], plan.Gateway!.Routes);
        Assert.Empty(plan.LeftOut);
    }

    [Fact]
    public async Task Build_ProjectsThatNobodyTellsWhereToReport_ReportNowhere() =>
        Assert.Equal(
            [
                new LeftOut(
                    "telemetry",
                    "Locally api, worker report to the dashboard; deployed, telemetry goes nowhere",
                    "tell a collector of your own, WithEnvironment(\"OTEL_EXPORTER_OTLP_ENDPOINT\", ...)"
                ),
            ],
            (
                await Planned.OfAsync(static builder =>
                {
                    builder.AddProject<Planned.Web>("api");
                    builder.AddProject<Planned.Worker>("worker");
                    builder
                        .AddProject<Planned.Worker>("told")
                        .WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example.com");
                })
            ).LeftOut
        );

    [Theory]
    [InlineData("pgvector/pgvector", "pg17", 999, "/var/lib/postgresql/data")]
    [InlineData("pgvector/pgvector", "pg18", 999, "/var/lib/postgresql")]
    [InlineData("ankane/pgvector", "latest", 999, "/var/lib/postgresql/data")]
    [InlineData("library/postgres", "17-alpine", 70, "/var/lib/postgresql/data")]
    public void Find_PostgreSqlWithExtensions_IsKnownByItsVersion(string repository, string tag, int user, string place)
    {
        var known = WellKnownImages.Find(new("docker.io/" + repository, tag))!;

        Assert.Equal((user, place), (known.Isolation.UserId, known.DataPath));
    }

    [Fact]
    public async Task Build_ANatsServersPassword_IsReadFromItsSettings()
    {
        var nats = await Planned.WorkloadAsync("nats", static builder =>
        {
            var password = builder.AddParameter("nats-password", secret: true);
            builder
                .AddContainer("nats", "nats", "2.12")
                .WithArgs(context =>
                {
                    foreach (var argument in new object[] { "--user", "nats", "--pass", password.Resource, "-js" })
                        context.Args.Add(argument);
                });
        });

        Assert.Equal(["--config", "/run/secrets/nats.conf", "-js"], nats.Arguments.Select(static argument => argument.AsLiteral));
        Assert.Equal(
            [("/run/secrets/nats.conf", "authorization {\n  user: \"nats\"\n  password: \"{nats-password:word}\"\n}\n")],
            nats.SecretFiles.Select(static file => (file.Path, file.Content.ToString()))
        );
    }

    [Fact]
    public async Task Build_WhatIsStartedByHand_IsntDeployed() =>
        Assert.Equal(
            ["api isn't deployed: It is started by hand, and what is deployed starts by itself. Remedy: take WithExplicitStart() away."],
            await Planned.ShortAsync(static builder => builder.AddContainer("api", "example/api").WithExplicitStart())
        );

    [Fact]
    public async Task Build_ASecretInAnArgument_IsRefused() =>
        Assert.Equal(
            ["api.args[1]: holds a secret, and process lists show arguments; pass it by an environment variable or a file"],
            await Planned.RefusalsAsync(static builder =>
            {
                var key = builder.AddParameter("key", secret: true);
                builder
                    .AddContainer("api", "example/api")
                    .WithArgs(context =>
                    {
                        context.Args.Add("--key");
                        context.Args.Add(key.Resource);
                    });
            })
        );

    private sealed class Thing(string name) : Resource(name);
}
