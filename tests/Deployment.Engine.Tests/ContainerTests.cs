using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.EngineTests;

/// <summary>Describes what a container gets and what becomes of it, with an image that has a shell and little else.</summary>
public sealed class ContainerTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    private const string Image = "docker.io/library/busybox";
    private const string Tag = "1.37.0";
    private const string Written = "that is all\n";

    // Says that everything is written (the engine keeps a line back until it ends), and stops when it is told to, which a shell that waits
    // for a command doesn't.
    private const string Idle = "echo 'that is all'; trap 'exit 0' TERM; sleep 600 & wait";

    // What YAML, Compose, a settings file or a shell would take for something else.
    private static readonly Dictionary<string, string> Nasty = new()
    {
        ["DASH"] = "-leading",
        ["DOLLAR"] = "$HOME ${HOME} $$ $(id)",
        ["EMPTY"] = "",
        ["HASH"] = "a # b",
        ["LINES"] = "one\ntwo\n\nfour\n",
        ["NO"] = "no",
        ["NUMBER"] = "0x1F",
        ["QUOTES"] = "\"double\" 'single' `back`",
        ["SLASH"] = "C:\\temp\\new",
        ["SPACES"] = "  a  ",
        ["UNICODE"] = "Grüße, \u2028 🎈",
    };

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task Deploy_NastyValues_ReachTheContainerAsTheyAre(string target)
    {
        var engine = await StartedAsync(target);
        using var folder = new PublishedFolder(engine, target);
        var application = $"nasty-{target}";
        await folder.PublishAsync(application, builder =>
        {
            var parameter = builder.AddParameter("odd", "$HOME it's \"that\" \\n", publishValueAsDefault: true);
            var echo = builder
                .AddContainer("echo", Image, Tag)
                .WithEntrypoint("/bin/sh")
                .WithArgs("-c", "for i in \"$@\"; do printf '%s\\0' \"$i\"; done; env -0; " + Idle, "sh", "-n", "$1", "a b", "{x}")
                .WithEnvironment("PARAMETER", parameter);
            foreach (var (name, value) in Nasty)
                echo.WithEnvironment(name, value);
            AddTarget(builder, target);
        });
        await folder.SucceedAsync("deploy.sh");

        var written = await WrittenAsync(engine, application);
        Assert.Equal(["-n", "$1", "a b", "{x}"], written[..4]);
        foreach (var (name, value) in Nasty)
            Assert.Contains($"{name}={value}", written);
        Assert.Contains("PARAMETER=$HOME it's \"that\" \\n", written);
        await folder.SucceedAsync("destroy.sh", "--volumes");
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task Deploy_ASecret_IsReadAsAFileThatOnlyItsProcessMayRead(string target)
    {
        const string Key = "-it's \"${NO}\" \\n & %41\n\tüñ";
        var engine = await StartedAsync(target);
        using var folder = new PublishedFolder(engine, target);
        var application = $"secret-{target}";
        await folder.PublishAsync(application, builder =>
        {
            var key = builder.AddParameter("key", secret: true);
            builder
                .AddContainer("mail", Image, Tag)
                .WithEntrypoint("/bin/sh")
                .WithEnvironment("KEY", key)
                .WithSecretAsFile("KEY", "KEY_FILE")
                .WithArgs(
                    "-c",
                    "cat \"$KEY_FILE\"; printf '\\0'; stat -c '%a %u' \"$(readlink -f \"$KEY_FILE\")\"; printf '\\0'; env -0; " + Idle
                );
            AddTarget(builder, target);
        });
        await folder.SupplyAsync("key", Key);

        await folder.SucceedAsync("deploy.sh");

        var written = await WrittenAsync(engine, application);
        Assert.Equal(Key, written[0]);
        Assert.Contains(written[1].Trim(), (string[])["400 0", "600 0"]);
        Assert.DoesNotContain(written, static variable => variable.StartsWith("KEY=", StringComparison.Ordinal));
        await folder.SucceedAsync("destroy.sh", "--volumes");
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task Deploy_LogsAndProcesses_HaveABound(string target)
    {
        var engine = await StartedAsync(target);
        using var folder = new PublishedFolder(engine, target);
        var application = $"bounds-{target}";
        await folder.PublishAsync(application, builder =>
        {
            builder.AddContainer("worker", Image, Tag).WithEntrypoint("/bin/sh").WithRestartPolicy(RestartMode.Always).WithArgs("-c", Idle);
            AddTarget(builder, target);
        });
        await folder.SucceedAsync("deploy.sh");

        var label = target == "swarm" ? $"com.docker.stack.namespace={application}" : $"com.docker.compose.project={application}";
        var worker = Assert.Single(await new ServiceContainers(engine, label).RunningAsync());
        const string format = "{{json .HostConfig.LogConfig}} {{.HostConfig.PidsLimit}}";
        Assert.Equal(
            """{"Type":"json-file","Config":{"max-file":"3","max-size":"10m"}} 2048""",
            (await engine.RunAsync(["inspect", "--format", format, worker], TestContext.Current.CancellationToken)).Trim()
        );
        await folder.SucceedAsync("destroy.sh");
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task Deploy_AReplicaThatExceedsItsMemory_IsEndedAndStartedAgain_AndNoOther(string target)
    {
        var engine = await StartedAsync(target);
        using var folder = new PublishedFolder(engine, target);
        var application = $"hungry-{target}";
        await folder.PublishAsync(application, builder =>
        {
            builder
                .AddContainer("worker", Image, Tag)
                .WithEntrypoint("/bin/sh")
                .WithMemory("16Mi")
                .WithRestartPolicy(RestartMode.Always)
                .WithAnnotation(new ReplicaAnnotation(2))
                .WithArgs("-c", "trap 'exit 0' TERM; while [ ! -e /tmp/eat ]; do sleep 0.2; done; rm /tmp/eat; exec tail /dev/zero");
            AddTarget(builder, target);
        });
        await folder.SucceedAsync("deploy.sh");
        var begun = DateTimeOffset.UtcNow;
        var label = target == "swarm" ? $"com.docker.stack.namespace={application}" : $"com.docker.compose.project={application}";
        var workers = new ServiceContainers(engine, label);
        var before = await StartsAsync(workers);

        await engine.RunAsync(["exec", before.Keys.First(), "touch", "/tmp/eat"], TestContext.Current.CancellationToken);

        var after = before;
        await Until.TrueAsync(
            async () => (after = await StartsAsync(workers)).Count == 2 && after.Values.Any(started => started > begun),
            TimeSpan.FromMinutes(2),
            static () => "It wasn't ended, or not started again.",
            TestContext.Current.CancellationToken
        );
        // One goes on since before.
        Assert.Single(after, each => before.TryGetValue(each.Key, out var started) && started == each.Value);
        var killed = await engine.RunAsync(
            [
                "events",
                "--since",
                Seconds(begun),
                "--until",
                Seconds(DateTimeOffset.UtcNow.AddSeconds(1)),
                "--filter",
                "event=oom",
                "--filter",
                $"label={label}",
                "--format",
                "{{.ID}}",
            ],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(before.Keys.First(), killed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Single());
        await folder.SucceedAsync("destroy.sh");

        static string Seconds(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{time.ToUnixTimeSeconds()}");

        async Task<SortedDictionary<string, DateTimeOffset>> StartsAsync(ServiceContainers containers) =>
            new((await containers.StartsAsync()).ToDictionary(), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task Deploy_AVersionWhoseReplicasDoNotStart_SaysWhy_AndTheOneBeforeGoesOn(string target)
    {
        var engine = await StartedAsync(target);
        using var folder = new PublishedFolder(engine, target);
        var application = $"broken-{target}";
        await PublishAsync("touch /tmp/ready; " + Idle);
        await folder.SucceedAsync("deploy.sh");
        var web = new ServiceContainers(
            engine,
            target == "swarm" ? $"com.docker.stack.namespace={application}" : $"com.docker.compose.project={application}"
        );
        var before = await web.HealthyAsync();
        Assert.Equal(2, before.Length);
        if (target == "swarm")
        {
            // What failed earlier isn't this update's.
            await engine.RunAsync(["kill", before[0]], TestContext.Current.CancellationToken);
            await Until.TrueAsync(
                async () => await web.HealthyAsync() is { Length: 2 } healthy && !healthy.Contains(before[0]),
                TimeSpan.FromMinutes(2),
                static () => "The killed replica didn't come back.",
                TestContext.Current.CancellationToken
            );
            before = await web.HealthyAsync();
        }

        await PublishAsync("echo 'no such table'; exit 3");
        var refused = await folder.RunAsync("deploy.sh");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("no such table", refused.Output, StringComparison.Ordinal);
        if (target == "swarm")
        {
            Assert.Contains("non-zero exit (3)", refused.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("137", refused.Output, StringComparison.Ordinal);
        }

        Assert.Contains("the previous version goes on serving", refused.Output, StringComparison.Ordinal);
        Assert.NotEmpty(before.Intersect(await web.HealthyAsync()));
        // Healthy is the version before alone.
        await Until.TrueAsync(
            async () => (await web.HealthyAsync()).Length == 2 && (await web.RunningAsync()).Length == 2,
            TimeSpan.FromMinutes(2),
            static () => "The version before doesn't run alone.",
            TestContext.Current.CancellationToken
        );
        await folder.SucceedAsync("destroy.sh");

        Task PublishAsync(string script) => folder.PublishAsync(application, builder =>
            {
                builder
                    .AddContainer("web", Image, Tag)
                    .WithEntrypoint("/bin/sh")
                    .WithArgs("-c", script)
                    .WithExecProbe(ProbeType.Readiness, ["test", "-e", "/tmp/ready"])
                    .WithRestartPolicy(RestartMode.Always)
                    .WithAnnotation(new ReplicaAnnotation(2));
                AddTarget(builder, target);
            });
    }

    [Fact]
    public async Task Deploy_ASecretThatNobodySupplied_StopsBeforeAnythingStarts()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, "compose");
        await folder.PublishAsync("secretive", static builder =>
        {
            var key = builder.AddParameter("key", secret: true);
            builder.AddContainer("mail", Image, Tag).WithEnvironment("KEY", key).WithSecretAsFile("KEY");
            builder.AddDockerComposeTarget();
        });

        var refused = await folder.RunAsync("deploy.sh");

        Assert.Equal(
            (1, "secrets/key is missing: a secret value. Put its value into that file, readable for you alone.\n"),
            (refused.ExitCode, refused.Output)
        );
        Assert.Equal(
            "",
            await engine.RunAsync(
                ["ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=secretive"],
                TestContext.Current.CancellationToken
            )
        );
    }

    private static void AddTarget(IDistributedApplicationBuilder builder, string target)
    {
        if (target == "swarm")
            builder.AddDockerSwarmTarget();
        else
            builder.AddDockerComposeTarget();
    }

    private async Task<DockerEngine> StartedAsync(string target)
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        if (
            target == "swarm"
            && (await engine.RunAsync(["info", "--format", "{{.Swarm.LocalNodeState}}"], TestContext.Current.CancellationToken)).Trim()
                != "active"
        )
            await engine.BeginSwarmAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    // What the only container has written, up to the environment's last variable.
    private static async Task<string[]> WrittenAsync(DockerEngine engine, string application)
    {
        var container = (
            await engine.RunAsync(["ps", "--quiet", "--filter", $"name={application}"], TestContext.Current.CancellationToken)
        ).Trim();
        var written = "";
        await Until.TrueAsync(
            async () =>
                (written = await engine.RunAsync(["logs", container], TestContext.Current.CancellationToken)).EndsWith(
                    Written,
                    StringComparison.Ordinal
                ),
            TimeSpan.FromMinutes(1),
            () => $"It didn't write everything: {written}",
            TestContext.Current.CancellationToken
        );
        return written[..^Written.Length].Split('\0');
    }
}
