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
        Assert.Equal(Isolation.DotNet, api.Isolation);
        Assert.Equal(["dotnet", "Api.dll", "healthcheck"], api.HealthCommand);
        Assert.Equal((WorkloadKind.Service, RestartPolicy.Always, UpdateOrder.StartFirst, Scale.One), (api.Kind, api.Restart, api.Update, api.Scale));
    }

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

        Assert.Equal(new ImageReference("docker.io/example/api", null, $"sha256:{digest}"),
            (await Planned.WorkloadAsync("api", builder => builder.AddContainer("api", "example/api").WithImageSHA256(digest))).Image);
    }

    [Fact]
    public async Task Build_EverythingDeclared_IsInThePlan()
    {
        var api = await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api").WithReplicas(3).WithMemory("256Mi", "128Mi").WithCpu(0.5, 1)
            .WithRestartPolicy(RestartMode.OnFailure, maxAttempts: 5, initialBackoff: TimeSpan.FromSeconds(1), resetAfter: TimeSpan.FromMinutes(1)).WithArgs("--verbose", "-x"));

        Assert.Equal(Scale.Fixed(3), api.Scale);
        Assert.Equal(new(Size.Mebibytes(128), Size.Mebibytes(256)), api.Memory);
        Assert.Equal(new(0.5m, 1m), api.Cpu);
        Assert.Equal(new(RestartMode.OnFailure, 5, new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5))) { ResetAfter = TimeSpan.FromMinutes(1) }, api.Restart);
        Assert.Equal(["--verbose", "-x"], api.Arguments);
    }

    [Fact]
    public async Task Build_Autoscale_IsInThePlan() =>
        Assert.Equal(new(2, 6) { CpuPercent = 70 }, (await Planned.WorkloadAsync("api", static builder => builder.AddProject<Planned.Web>("api").WithAutoscaling(2, 6))).Scale);

    [Fact]
    public async Task Build_WhatOthersWaitForToComplete_IsAStepThatIsNotRestarted()
    {
        var migrator = await Planned.WorkloadAsync("migrator", static builder =>
            builder.AddProject<Planned.Web>("api").WaitForCompletion(builder.AddProject<Planned.Worker>("migrator")));

        Assert.Equal((WorkloadKind.Step, RestartPolicy.Never), (migrator.Kind, migrator.Restart));
    }

    [Fact]
    public async Task Build_Waits_AreOfServersByTheirStrongestCondition()
    {
        var api = await Planned.WorkloadAsync("api", static builder =>
        {
            var postgres = builder.AddPostgres("postgres");
            var cache = builder.AddContainer("cache", "example/cache");
            var step = builder.AddContainer("step", "example/step");
            builder.AddProject<Planned.Web>("api").WaitForStart(postgres).WaitFor(postgres.AddDatabase("catalog")).WaitFor(cache).WaitForCompletion(step, 3);
        });

        // The cache tells no health: as in Aspire, it is healthy once it runs.
        Assert.Equal([new("cache", DependencyCondition.Started), new("postgres", DependencyCondition.Healthy), new("step", DependencyCondition.Completed) { ExitCode = 3 }], api.Dependencies);
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
        Assert.Equal([new VolumeMount("store-var-data", "/var/Data")], (await Planned.WorkloadAsync("store", static builder => builder.AddContainer("store", "example/store").WithVolume("/var/Data"))).Mounts);

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
                new ContentFile("/docker-entrypoint-initdb.d/databases.sql",
                    "SELECT 'CREATE DATABASE \"orders\"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'orders')\\gexec\n"
                    + "SELECT 'CREATE DATABASE \"the \"\"catalog\"\"\"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'the \"catalog\"')\\gexec\n"),
            ],
            postgres.Files);
    }

    [Fact]
    public async Task Build_RedisWithAPassword_ReadsItFromAFile_NotFromItsArguments()
    {
        var cache = await Planned.WorkloadAsync("cache", static builder => builder.AddRedis("cache"));

        Assert.Equal(["/bin/sh"], cache.Entrypoint);
        Assert.Equal(["-c", "exec redis-server /run/secrets/redis.conf"], cache.Arguments);
        Assert.Equal([new SecretFile("/run/secrets/redis.conf", [new Literal("requirepass \""), new SecretReference("cache-password", ValueEncoding.RedisWord), new Literal("\"\n")])], cache.SecretFiles);
        Assert.Empty(cache.Environment);
    }

    [Fact]
    public async Task Build_RedisWithData_WritesItAsDeclared() =>
        Assert.Equal(["-c", "exec redis-server /run/secrets/redis.conf --save 60 1"], (await Planned.WorkloadAsync("cache", static builder => builder.AddRedis("cache").WithDataVolume())).Arguments);

    [Fact]
    public async Task Build_AProgramOfThisMachine_IsRefused() =>
        Assert.Equal(["tool: is a program on this machine, and only containers are deployed; make a container or a project of it, or leave it out with ExcludeFromManifest()"],
            await Planned.RefusalsAsync(static builder => builder.AddExecutable("tool", "node", ".")));

    [Fact]
    public async Task Build_WhatIsExcludedFromPublishing_IsNotInThePlan() =>
        Assert.Empty((await Planned.OfAsync(static builder => builder.AddExecutable("tool", "node", ".").ExcludeFromManifest())).Workloads);

    [Fact]
    public async Task Build_AResourceOfAnUnknownKind_IsRefused() =>
        Assert.Equal(["thing: is a Thing, which no target can deploy; make a container or a project of it, or leave it out with ExcludeFromManifest()"], await Planned.RefusalsAsync(static builder => builder.AddResource(new Thing("thing"))));

    [Fact]
    public async Task Build_WhatHoldsOnThisMachineAlone_IsRefusedWithTheWayOut() =>
        Assert.Equal(
            [
                "api.runtimeArgs: are options of the engine on this machine, which no target is given; declare them when running alone (builder.ExecutionContext.IsRunMode)",
                "api.networkAlias: is a name on this machine's network, and deployed a resource is reached by its own; refer to its endpoints",
                "api.start: is started by hand, and what is deployed starts; leave it out with ExcludeFromManifest(), or take WithExplicitStart() away",
            ],
            await Planned.RefusalsAsync(static builder => builder.AddContainer("api", "example/api").WithContainerRuntimeArgs("--privileged").WithContainerNetworkAlias("other").WithExplicitStart()));

    [Fact]
    public async Task Build_ASecretInAnArgument_IsRefused() =>
        Assert.Equal(["api.args[1]: holds a secret, and process lists show arguments; pass it by an environment variable or a file"],
            await Planned.RefusalsAsync(static builder =>
            {
                var key = builder.AddParameter("key", secret: true);
                builder.AddContainer("api", "example/api").WithArgs(context => { context.Args.Add("--key"); context.Args.Add(key.Resource); });
            }));

    private sealed class Thing(string name) : Resource(name);
}
