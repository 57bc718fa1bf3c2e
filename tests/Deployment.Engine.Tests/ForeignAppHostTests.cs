using System.Globalization;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireDeploy.EngineTests;

/// <summary>AppHosts of people who declare nothing of ours but a target and the gateway: they are deployed, run, and answer.</summary>
public sealed class ForeignAppHostTests(SharedDocker docker, StarterCopy starter) : IClassFixture<SharedDocker>, IClassFixture<StarterCopy>
{
    private const string Image = "docker.io/library/busybox";
    private const string Tag = "1.37.0";
    private const string Starter = "starter";
    private const string ApiKey = "it's \"a key\", $HOME \\n";
    private const string Database = "Server=db;Password=\"x y\"";

    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly int _httpPort = ServiceProcess.FreePort();
    private readonly int _httpsPort = ServiceProcess.FreePort();

    [Fact]
    public async Task Deploy_AServiceWhoseHealthEndpointIsMissing_FailsSoon_AndSaysThat()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        await starter.MapHealthAsync(isMapped: false);
        using var host = new SmallAppHost(engine, Starter);

        var refused = await host.StepAsync("deploy-compose", Environment());

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(
            "apiservice isn't healthy. Its new replicas were taken away: the previous version goes on serving. "
                + "GET /health answers 404, as Aspire's template maps /health in Development only: map it in every environment, in "
                + "MapDefaultEndpoints of ServiceDefaults.",
            refused.Output,
            StringComparison.Ordinal
        );
        Assert.Empty(await Containers(engine, "webfrontend").AllAsync());
        Assert.Equal(0, (await host.RunAsync("compose", "destroy.sh", "--volumes")).ExitCode);
    }

    [Fact]
    public async Task Deploy_ATemplatesServicesToCompose_AreHealthy_KeepSecretsFromTheEngine_AndLoseNoRequestToAKill()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        await starter.MapHealthAsync(isMapped: true);
        using var host = new SmallAppHost(engine, Starter);
        using var gateway = new GatewayClient(_httpsPort);
        var web = Containers(engine, "webfrontend");

        await SucceedAsync(host.StepAsync("deploy-compose", Environment()));

        foreach (var (service, count) in ((string, int)[])[("apiservice", 1), ("cache", 1), ("webfrontend", 2)])
            Assert.Equal(count, (await Containers(engine, service).HealthyAsync()).Length);
        Assert.Contains("Weather", await gateway.PageAsync("/"), StringComparison.Ordinal);

        // What the program has in its environment, the engine has not, but for what the report says of it.
        var password = await File.ReadAllTextAsync(
            host.Published("compose", "secrets", "cache-password"),
            TestContext.Current.CancellationToken
        );
        foreach (var container in await web.RunningAsync())
        {
            var variables = await VariablesAsync(engine, container);
            Assert.Contains($"password={password}", variables["ConnectionStrings__cache"], StringComparison.Ordinal);
            Assert.Equal((ApiKey, Database), (variables["API_KEY"], variables["ConnectionStrings__my-db"]));
            Assert.Equal("1654\n", await ExecAsync(engine, container, "sh", "-c", ": >/tmp/written && id -u"));
        }
        var shown = JsonNode
            .Parse(await engine.RunAsync(["inspect", .. await AllAsync(engine)], TestContext.Current.CancellationToken))!
            .AsArray();
        Assert.Equal(5, shown.Count);
        foreach (var container in shown)
        {
            var strings = Strings(container).ToList();
            var isWeb = ((string?)container!["Name"])!.Contains("webfrontend", StringComparison.Ordinal);
            Assert.DoesNotContain(strings, text =>
                text.Contains(password, StringComparison.Ordinal) || text.Contains(ApiKey, StringComparison.Ordinal)
            );
            Assert.Equal(
                isWeb ? ["ConnectionStrings__my-db=" + Database] : [],
                strings.Where(static text => text.Contains(Database, StringComparison.Ordinal))
            );
        }
        var report = await File.ReadAllTextAsync(host.Published("compose", "deployment.md"), TestContext.Current.CancellationToken);
        Assert.Contains("ConnectionStrings__my-db is an environment variable of the container", report, StringComparison.Ordinal);
        Assert.Contains(
            "Starter.ServiceDefaults maps /health in Development only, so a deployed replica answers 404; a connection to http is "
                + "asked for in its place.",
            report,
            StringComparison.Ordinal
        );

        // Nothing has changed since.
        var first = await AllAsync(engine);
        Assert.Contains("nothing changed", await SucceedAsync(host.StepAsync("deploy-compose", Environment())), StringComparison.Ordinal);
        Assert.Equal(first, await AllAsync(engine));

        // A replica that is killed comes back, and nobody outside notices.
        var starts = await web.StartsAsync();
        Assert.Empty(
            await gateway.WhileAsync(
                async () =>
                {
                    await web.KillOneAsync();
                    await Until.TrueAsync(
                        async () => (await web.HealthyAsync()).Length == 2 && (await web.StartsAsync()).Except(starts).Count() == 1,
                        Generous,
                        static () => "The killed replica didn't come back.",
                        TestContext.Current.CancellationToken
                    );
                },
                "/"
            )
        );

        // Secrets that have changed reach the program, whichever way they take.
        await File.WriteAllTextAsync(host.Published("compose", "secrets", "api-key"), "another key", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(host.Published("compose", "secrets", "my-db"), "Server=other", TestContext.Current.CancellationToken);
        Assert.Empty(await gateway.WhileAsync(() => SucceedAsync(host.RunAsync("compose", "deploy.sh")), "/"));
        Assert.Equal(2, (await web.HealthyAsync()).Length);
        foreach (var container in await web.RunningAsync())
        {
            var variables = await VariablesAsync(engine, container);
            Assert.Equal(("another key", "Server=other"), (variables["API_KEY"], variables["ConnectionStrings__my-db"]));
        }

        await SucceedAsync(host.RunAsync("compose", "destroy.sh", "--volumes"));
    }

    [Fact]
    public async Task Deploy_ATemplatesServicesToSwarm_AreHealthy_AndAnswer()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        await BeginSwarmAsync(engine);
        await starter.MapHealthAsync(isMapped: true);
        using var host = new SmallAppHost(engine, Starter);
        using var gateway = new GatewayClient(_httpsPort);
        var web = new ServiceContainers(engine, $"com.docker.swarm.service.name={Starter}_webfrontend");

        await SucceedAsync(host.StepAsync("deploy-swarm", Environment()));

        var healthy = await web.HealthyAsync();
        Assert.Equal(2, healthy.Length);
        Assert.Contains("Weather", await gateway.PageAsync("/"), StringComparison.Ordinal);
        var variables = await VariablesAsync(engine, healthy[0]);
        Assert.Equal((ApiKey, Database), (variables["API_KEY"], variables["ConnectionStrings__my-db"]));
        var spec = await engine.RunAsync(["service", "inspect", $"{Starter}_webfrontend"], TestContext.Current.CancellationToken);
        Assert.DoesNotContain("a key", spec, StringComparison.Ordinal);

        Assert.Contains("nothing changed", await SucceedAsync(host.RunAsync("swarm", "deploy.sh")), StringComparison.Ordinal);
        Assert.Equal(healthy, await web.HealthyAsync());
        await SucceedAsync(host.RunAsync("swarm", "destroy.sh", "--volumes"));
    }

    [Theory]
    [InlineData("compose", "com.docker.compose.service=")]
    [InlineData("swarm", "com.docker.swarm.service.name=images-swarm_")]
    public async Task Deploy_ImagesOfWhichLittleIsKnown_AreAskedByWhatTheyHave_AndWaitedForAsFarAsTheyTell(string target, string label)
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        if (target == "swarm")
            await BeginSwarmAsync(engine);
        await engine.RunAsync(["pull", "--quiet", $"{Image}:{Tag}"], TestContext.Current.CancellationToken);
        await engine.RunAsync(["tag", $"{Image}:{Tag}", "example/server:2"], TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, target);

        await PublishAsync("/health");
        await folder.SucceedAsync("deploy.sh");

        // By wget, by nc, not at all.
        foreach (
            var (service, health) in ((string, string)[])[("page", "healthy"), ("broker", "healthy"), ("server", "none"), ("after", "none")]
        )
        {
            const string Format = "{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}";
            var container = Assert.Single(await new ServiceContainers(engine, label + service).RunningAsync());
            Assert.Equal(
                $"{service} {health}\n",
                $"{service} " + await engine.RunAsync(["inspect", "--format", Format, container], TestContext.Current.CancellationToken)
            );
        }
        var after = await new ServiceContainers(engine, label + "after").FirstStartAsync();
        foreach (var service in (string[])["page", "broker", "server"])
            Assert.True(await new ServiceContainers(engine, label + service).FirstStartAsync() < after, $"after started before {service}.");

        // What it answers in place of being well is in what is said.
        await PublishAsync("/missing");
        var refused = await folder.RunAsync("deploy.sh");
        Assert.Equal(1, refused.ExitCode);
        Assert.EndsWith(" GET /missing answers 404.\n", refused.Output, StringComparison.Ordinal);
        await folder.SucceedAsync("destroy.sh", "--volumes");

        Task PublishAsync(string health) => folder.PublishAsync($"images-{target}", builder =>
            {
                builder.Services.AddHealthChecks().AddCheck("broker-answers", static () => HealthCheckResult.Healthy());
                var page = Container("page", Image, Tag, 8080)
                    .WithHttpEndpoint(targetPort: 8080)
                    .WithHttpHealthCheck(health)
                    .WithHttpProbe(ProbeType.Startup, "/started", periodSeconds: 1, failureThreshold: 3);
                var broker = Container("broker", Image, Tag, 4000)
                    .WithEndpoint(targetPort: 4000, name: "tcp")
                    .WithHealthCheck("broker-answers");
                var server = Container("server", "example/server", "2", 8080)
                    .WithHttpEndpoint(targetPort: 8080)
                    .WithHttpHealthCheck("/health");
                Container("after", Image, Tag, 8080).WaitFor(page).WaitFor(broker).WaitFor(server);
                if (target == "swarm")
                    builder.AddDockerSwarmTarget();
                else
                    builder.AddDockerComposeTarget();

                IResourceBuilder<ContainerResource> Container(string name, string image, string tag, int port) =>
                    builder
                        .AddContainer(name, image, tag)
                        .WithEntrypoint("/bin/sh")
                        .WithArgs(
                            "-c",
                            $"mkdir /tmp/www; echo well >/tmp/www/health; trap 'exit 0' TERM; httpd -f -p {port} -h /tmp/www & wait"
                        );
            });
    }

    [Fact]
    public async Task Deploy_AnImageOfADockerfile_IsBuilt_AndReplacedOnlyWhenItChanges()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var host = new SmallAppHost(engine, "dockerfile");
        var context = Directory.CreateTempSubdirectory("aspiredeploy-context-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(context.FullName, "Dockerfile"),
                """
                FROM docker.io/library/busybox:1.37.0
                RUN mkdir /page
                COPY page.txt /page/
                CMD ["sh", "-c", "trap 'exit 0' TERM; sleep 600 & wait"]

                """,
                TestContext.Current.CancellationToken
            );
            var first = await DeployedAsync("one");
            Assert.Equal("one", await PageAsync(first));

            // Built anew, of the same.
            Assert.Equal(first, await DeployedAsync("one", "nothing changed"));

            var second = await DeployedAsync("two");
            Assert.NotEqual(first, second);
            Assert.Equal("two", await PageAsync(second));
            await SucceedAsync(host.RunAsync("compose", "destroy.sh"));
        }
        finally
        {
            context.Delete(recursive: true);
        }

        async Task<string> DeployedAsync(string page, string said = "deployed")
        {
            await File.WriteAllTextAsync(Path.Combine(context.FullName, "page.txt"), page, TestContext.Current.CancellationToken);
            var deployed = await SucceedAsync(host.StepAsync("deploy-compose", ("CONTEXT", context.FullName)));
            Assert.Contains(said, deployed, StringComparison.Ordinal);
            return Assert.Single(await new ServiceContainers(engine, "com.docker.compose.project=dockerfile").RunningAsync());
        }

        Task<string> PageAsync(string container) => ExecAsync(engine, container, "cat", "/page/page.txt");
    }

    private (string Name, string Value)[] Environment() =>
        [
            ("STARTER", starter.Directory),
            ("HTTP_PORT", _httpPort.ToString(CultureInfo.InvariantCulture)),
            ("HTTPS_PORT", _httpsPort.ToString(CultureInfo.InvariantCulture)),
            ("Parameters__api-key", ApiKey),
            ("ConnectionStrings__my-db", Database),
        ];

    private static async Task BeginSwarmAsync(DockerEngine engine)
    {
        if (await engine.RunAsync(["info", "--format", "{{.Swarm.LocalNodeState}}"], TestContext.Current.CancellationToken) != "active\n")
            await engine.BeginSwarmAsync(TestContext.Current.CancellationToken);
    }

    private static ServiceContainers Containers(DockerEngine engine, string service) =>
        new(engine, $"com.docker.compose.service={service}");

    private static Task<string[]> AllAsync(DockerEngine engine) =>
        new ServiceContainers(engine, $"com.docker.compose.project={Starter}").AllAsync();

    private static async Task<string> SucceedAsync(Task<CommandOutcome> command)
    {
        var outcome = await command;
        Assert.True(outcome.ExitCode == 0, outcome.Output);
        return outcome.Output;
    }

    // What its process was started with.
    private static async Task<Dictionary<string, string>> VariablesAsync(DockerEngine engine, string container) =>
        (await ExecAsync(engine, container, "cat", "/proc/1/environ"))
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(static variable => variable.Split('=', 2))
            .ToDictionary(static variable => variable[0], static variable => variable[1]);

    private static Task<string> ExecAsync(DockerEngine engine, string container, params string[] command) =>
        engine.RunAsync(["exec", container, .. command], TestContext.Current.CancellationToken);

    private static IEnumerable<string> Strings(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.SelectMany(static each => Strings(each.Value).Prepend(each.Key)),
            JsonArray list => list.SelectMany(Strings),
            JsonValue value when value.TryGetValue<string>(out var text) => [text],
            _ => [],
        };
}
