using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Tests.Publishing;

public sealed class TargetStepsTests : IDisposable
{
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("aspiredeploy-publish-");

    public void Dispose() => _output.Delete(recursive: true);

    private async Task RunAsync(Action<IDistributedApplicationBuilder> declare, string step = "publish", params string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                Args = ["--operation", "publish", "--step", step, "--output-path", _output.FullName, .. args],
                DisableDashboard = true,
                ProjectDirectory = AppContext.BaseDirectory,
            }
        );
        declare(builder);
        await using var application = builder.Build();
        await PipelineRun.EndAsync(application);
    }

    private Task<DistributedApplicationException> RefusedAsync(
        Action<IDistributedApplicationBuilder> declare,
        string step = "publish",
        params string[] args
    ) => Assert.ThrowsAsync<DistributedApplicationException>(() => RunAsync(declare, step, args));

    private string[] Written =>
        [
            .. Directory
                .EnumerateFiles(_output.FullName, "compose.yaml", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_output.FullName, file))
                .Order(StringComparer.Ordinal),
        ];

    private static void Sound(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("api", "example/api", "1");
        builder.AddDockerComposeTarget("compose");
        builder.AddDockerComposeTarget("other");
    }

    // Docker has a back-off of its own.
    private static void WithALoss(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("api", "example/api", "1").WithRestartPolicy(RestartMode.Always, initialBackoff: TimeSpan.FromSeconds(7));
        builder.AddDockerComposeTarget("compose");
    }

    [Fact]
    public async Task Publish_EveryTarget_IsWrittenToAFolderOfItsName()
    {
        await RunAsync(Sound);

        Assert.Equal(["compose/compose.yaml", "other/compose.yaml"], Written);
    }

    [Fact]
    public async Task PublishOneTarget_WritesThatOneAlone()
    {
        await RunAsync(Sound, "publish-other");

        Assert.Equal(["other/compose.yaml"], Written);
    }

    [Fact]
    public async Task Publish_FilesOfAPersonsOwn_AreLeftAsTheyAre_AndReported()
    {
        Dictionary<string, string> own = new()
        {
            ["compose/compose.override.yaml"] = "compose",
            ["swarm/stack.api.override.yaml"] = "swarm",
            ["kubernetes/override/kustomization.yaml"] = "kubernetes",
            ["kubernetes/override/patch.yaml"] = "patch",
            ["nomad/api.job.override.hcl"] = "job",
            ["nomad/api.task.override.hcl"] = "task",
        };
        static void Declare(IDistributedApplicationBuilder builder)
        {
            builder.AddContainer("api", "example/api", "1");
            builder.AddDockerComposeTarget();
            builder.AddDockerSwarmTarget();
            builder.AddKubernetesTarget();
            builder.AddNomadTarget();
        }
        await RunAsync(Declare);
        Assert.All(Reports(), static report => Assert.DoesNotContain("## Files of your own", report.Text, StringComparison.Ordinal));
        foreach (var (path, text) in own)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_output.FullName, path))!);
            await File.WriteAllTextAsync(Path.Combine(_output.FullName, path), text, TestContext.Current.CancellationToken);
        }

        await RunAsync(Declare);

        Assert.All(own, file => Assert.Equal(file.Value, File.ReadAllText(Path.Combine(_output.FullName, file.Key))));
        Assert.Equal(
            [
                ("compose", "- `compose.override.yaml`\n"),
                ("kubernetes", "- `override/kustomization.yaml`\n"),
                ("nomad", "- `api.job.override.hcl`\n- `api.task.override.hcl`\n"),
                ("swarm", "- `stack.api.override.yaml`\n"),
            ],
            Reports().Select(static report => (report.Target, Own(report.Text)))
        );

        IEnumerable<(string Target, string Text)> Reports() =>
            Directory
                .EnumerateFiles(_output.FullName, "deployment.md", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(static file => (Path.GetFileName(Path.GetDirectoryName(file)!), File.ReadAllText(file)));

        static string Own(string report)
        {
            const string Heading =
                "## Files of your own\n\nIn this folder when it was published, left as they are, and applied by `./deploy.sh`:\n\n";
            var at = report.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length;
            return report[at..report.IndexOf("\n\n", at, StringComparison.Ordinal)] + "\n";
        }
    }

    // Aspire binds every resource to the only environment there is, once the declaration is complete.
    [Fact]
    public async Task Publish_BesideAnotherPackagesOnlyEnvironment_LeavesOutWhatWasBoundToItAlone()
    {
        await RunAsync(static builder =>
        {
            builder.AddDockerComposeTarget();
            builder.AddContainer("api", "example/api", "1");
            builder.AddContainer("own", "example/own", "1").WithComputeEnvironment(builder.AddResource(new Elsewhere("elsewhere")));
        });

        var compose = await File.ReadAllTextAsync(
            Path.Combine(_output.FullName, "compose", "compose.yaml"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("\n  api:\n", compose, StringComparison.Ordinal);
        Assert.DoesNotContain("\n  own:\n", compose, StringComparison.Ordinal);
    }

    // Azure's entries in Aspire's manifest are made from the same resources.
    [Fact]
    public async Task Publish_BesideAzure_OtherTargetsStillSayWhatIsNotDeployed_AndHaveWhatAzureIsSpared()
    {
        await RunAsync(static builder =>
        {
            builder.AddDockerComposeTarget();
            var azure = builder.AddAzureContainerAppsTarget();
            builder.AddContainer("api", "example/api", "1").ExcludeFrom(azure);
            builder.AddExecutable("watch", "npm", ".", "run", "watch");
            builder.AddContainer("seed", "example/seed", "1").WithExplicitStart();
            builder.AddContainer("tool", "example/tool", "1").ExcludeFromManifest();
        });

        var report = await File.ReadAllTextAsync(
            Path.Combine(_output.FullName, "compose", "deployment.md"),
            TestContext.Current.CancellationToken
        );
        Assert.All(
            [
                "watch: It is a program on this machine, and only containers are deployed.",
                "seed: It is started by hand, and what is deployed starts by itself.",
                "tool: It is kept out of publishing (ExcludeFromManifest).",
            ],
            line =>
                Assert.Contains(
                    line,
                    report.Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal),
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            "\n  api:\n",
            await File.ReadAllTextAsync(Path.Combine(_output.FullName, "compose", "compose.yaml"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    private sealed class Elsewhere(string name) : Resource(name), IComputeEnvironmentResource;

    [Fact]
    public async Task Publish_Twice_GivesTheSameBytes()
    {
        await RunAsync(Sound);
        var first = Directory
            .EnumerateFiles(_output.FullName, "*", SearchOption.AllDirectories)
            .ToDictionary(static file => file, File.ReadAllText);

        await RunAsync(Sound);

        Assert.Equal(
            first,
            Directory.EnumerateFiles(_output.FullName, "*", SearchOption.AllDirectories).ToDictionary(static file => file, File.ReadAllText)
        );
    }

    [Fact]
    public async Task Publish_WhatATargetCanNotCarry_StopsWithTheRemedy_AndWritesNothing()
    {
        var refused = await RefusedAsync(WithALoss);

        Assert.Equal(
            "api.backoff: Docker Compose can't carry \"7s doubling to 5m\". Docker's back-off is its own: 100ms doubling to 1m, "
                + "counted anew after 10s. "
                + "Remedy: declare none; or let it go with --allow-loss api.backoff.",
            refused.Message
        );
        Assert.Empty(Written);
    }

    [Fact]
    public async Task Publish_AnAllowedLoss_GoesThrough_AndTheReportKeepsIt()
    {
        await RunAsync(WithALoss, "publish", "--allow-loss", "api.backoff");

        Assert.Contains(
            "🔴 **api.backoff**",
            await File.ReadAllTextAsync(Path.Combine(_output.FullName, "compose", "deployment.md"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Publish_OneTargetOfTwoRefuses_WritesTheOther_AndTheEarlierOutputOfTheFirstStays()
    {
        await RunAsync(Sound);

        var refused = await RefusedAsync(static builder =>
        {
            builder
                .AddContainer("api", "example/api", "2")
                .WithEndpoint(port: 80, targetPort: 80, name: "web", scheme: "http", isExternal: true);
            var web = builder.AddContainer("web", "example/web", "1").WithHttpEndpoint(targetPort: 8080);
            builder.AddGateway<Reading.Planned.Worker>("gateway").WithRoute("/", web);
            builder.AddDockerComposeTarget("compose").WithTraefik("proxy");
            builder.AddDockerComposeTarget("other");
        });

        Assert.Equal(
            """
            other: api.ports.web: 80 is the gateway's port on the machine already; give this one another: port: 81
            other wasn't written; compose was
            """,
            refused.Message
        );
        Assert.Contains("example/api:2", await FileOf("compose"), StringComparison.Ordinal);
        Assert.Contains("example/api:1", await FileOf("other"), StringComparison.Ordinal);

        Task<string> FileOf(string target) =>
            File.ReadAllTextAsync(Path.Combine(_output.FullName, target, "compose.yaml"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Publish_SeveralMistakes_AreALineEach_OnceForAllTargets() =>
        Assert.Equal(
            """
            api.readiness: asks the endpoint "web", which api doesn't have; name one of its own
            api.liveness: asks the endpoint "page", which api doesn't have; name one of its own
            """,
            (
                await RefusedAsync(static builder =>
                {
                    builder
                        .AddContainer("api", "example/api", "1")
                        .WithTcpProbe(ProbeType.Readiness, "web")
                        .WithTcpProbe(ProbeType.Liveness, "page");
                    builder.AddDockerComposeTarget("compose");
                    builder.AddDockerSwarmTarget("swarm");
                })
            ).Message
        );

    [Fact]
    public async Task Publish_AnAllowedLossOfAnUnknownName_IsRefused_WithThoseThereAre()
    {
        var refused = await RefusedAsync(WithALoss, "publish", "--allow-loss", "api.backof");

        Assert.Equal("--allow-loss api.backof: no target loses that; what is lost, and can be allowed, is api.backoff", refused.Message);
        Assert.Empty(Written);
    }

    [Fact]
    public async Task Publish_SeveralAllowedLosses_AllGoThrough()
    {
        await RunAsync(
            static builder =>
            {
                WithALoss(builder);
                builder
                    .AddContainer("worker", "example/worker", "1")
                    .WithRestartPolicy(RestartMode.Always, initialBackoff: TimeSpan.FromSeconds(7));
            },
            "publish",
            "--allow-loss",
            "api.backoff",
            "--allow-loss=worker.backoff"
        );

        Assert.Equal(["compose/compose.yaml"], Written);
    }

    [Fact]
    public async Task Publish_ASecondGateway_IsRefusedAsThat_WhateverItsPortsAre() =>
        Assert.Equal(
            "other: is a second gateway beside gateway, and a deployment has one gateway; give its routes to gateway",
            (
                await RefusedAsync(static builder =>
                {
                    var web = builder.AddContainer("web", "example/web", "1").WithHttpEndpoint(targetPort: 8080);
                    builder.AddGateway<Reading.Planned.Worker>("gateway").WithRoute("/", web);
                    builder.AddGateway<Reading.Planned.Worker>("other").WithRoute("/", web);
                    builder.AddDockerComposeTarget("compose");
                })
            ).Message
        );

    [Theory]
    [InlineData("--output-path has no value; write one, as in --output-path out.", "--output-path", "")]
    [InlineData("--output-path has no value; write one, as in --output-path out.", "--output-path=")]
    [InlineData("--allow-loss has no value; write one, as in --allow-loss api.memory.", "--allow-loss")]
    [InlineData("--allow-loss has no value; write one, as in --allow-loss api.memory.", "--allow-loss", "--step")]
    public async Task Publish_AnOptionWithoutAValue_IsRefused(string refusal, params string[] args) =>
        Assert.Equal(refusal, (await RefusedAsync(Sound, "publish", args)).Message);
}
