using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.EngineTests;

/// <summary>A deployment's life on a swarm of three nodes, from the published files alone: what one node hides.</summary>
public sealed class SwarmNodesTests
{
    private const string Application = "nodes";
    private const string Image = "docker.io/library/busybox";
    private const string Tag = "1.37.0";
    private const string Page = "/hostname";
    private const int Replicas = 4;

    // Tells in the volume that it lives, for some seconds after it was told to stop too, and whether another does when it starts.
    private const string Writer = """
        trap 'for i in 1 2 3 4 5 6; do date +%s >/data/alive; sleep 1; done; echo 0 >/data/alive; exit 0' TERM
        [ $(($(date +%s) - $(cat /data/alive 2>/dev/null || echo 0))) -gt 3 ] || touch /data/two
        touch /tmp/ready
        while :; do date +%s >/data/alive; sleep 1 & wait $!; done
        """;

    // Goes on serving for a moment after it was told to stop, as an ASP.NET program does for requests in flight.
    private const string Server = "trap 'sleep 2; exit 0' TERM; httpd -f -p 8080 -h /etc & wait";

    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Deploy_OnThreeNodes_UpdatesDrainsLosesANodeAndIsTakenAwayFromAnother()
    {
        await using var swarm = await EngineSwarm.StartAsync(3, TestContext.Current.CancellationToken);
        var (data, other) = (swarm.Nodes[0], swarm.Nodes[1]);
        using var folder = new PublishedFolder(data, "swarm");
        using var gateway = new GatewayClient(folder.HttpsPort, cancellationToken =>
            swarm.Outside.ConnectAsync(EngineSwarm.AddressOf(0), folder.HttpsPort, cancellationToken)
        );
        await PublishAsync(folder, "1", "1");
        await folder.SucceedAsync("deploy.sh");
        Assert.Equal(["node-1", "node-2", "node-3"], await NodesOfAsync(data, "web"));

        // A new version of all, under load.
        await PublishAsync(folder, "2", "2");
        Assert.Empty(await gateway.WhileAsync(() => folder.SucceedAsync("deploy.sh"), Page));
        Assert.Contains("nothing changed", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);

        // A node that is to be empty, under load; what ran there runs on the others, and deploying counts it as it should.
        Assert.Empty(
            await gateway.WhileAsync(
                async () =>
                {
                    await data.RunAsync(["node", "update", "--availability", "drain", "node-2"], TestContext.Current.CancellationToken);
                    await RunsOnAsync(data, "web", "node-1", "node-3");
                },
                Page
            )
        );
        Assert.Contains("nothing changed", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);
        await data.RunAsync(["node", "update", "--availability", "active", "node-2"], TestContext.Current.CancellationToken);

        // One that is lost: what was on its way there is, and everybody is served again.
        await swarm.LoseAsync(2, TestContext.Current.CancellationToken);
        await RunsOnAsync(data, "web", "node-1", "node-2");
        await Until.TrueAsync(
            async () =>
                (await gateway.AnswersAsync(12, new(Page, UriKind.Relative))).All(static status => status == System.Net.HttpStatusCode.OK),
            Generous,
            static () => "Not everybody was served after the loss of a node.",
            TestContext.Current.CancellationToken
        );

        // Deployed meanwhile, under load: it goes on, and says who is down.
        const string Down = "s  node-3 is down; what ran there runs on the other nodes, and the swarm's own counts still include it\n";
        var unchanged = await folder.SucceedAsync("deploy.sh");
        Assert.Contains(Down, unchanged, StringComparison.Ordinal);
        Assert.Contains("nothing changed", unchanged, StringComparison.Ordinal);
        await PublishAsync(folder, "2", "3");
        Assert.Empty(
            await gateway.WhileAsync(
                async () => Assert.Contains(Down, await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal),
                Page
            )
        );

        // Taken away from another manager than the data's: it ends once all have stopped, on every node that answers.
        var destroyed = await OnAsync(other, folder, "./destroy.sh");
        Assert.Matches(@"^waits for .*busybox:1\.37\.0 on node-1.* to stop\n", destroyed);
        Assert.Matches(@"^waits for .*\d of busybox:1\.37\.0 on node-2", destroyed);
        Assert.Contains(
            "node-3 doesn't answer: what ran there ends when it comes back. Don't deploy again before, if data may be on it.\n",
            destroyed,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "",
            await data.RunAsync(
                ["ps", "--quiet", "--filter", $"label=com.docker.stack.namespace={Application}"],
                TestContext.Current.CancellationToken
            )
        );

        // Deployed again from there: it asks at the data's node, and there were never two writers.
        Assert.Contains(" at 10.215.0.2\n", await OnAsync(other, folder, "./deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(
            "alive\n",
            await data.RunAsync(
                ["run", "--rm", "--network", "none", "--volume", $"{Application}_data:/data:ro", $"{Image}:{Tag}", "ls", "/data"],
                TestContext.Current.CancellationToken
            )
        );
    }

    private static Task PublishAsync(PublishedFolder folder, string writerVersion, string webVersion) =>
        folder.PublishAsync(Application, builder =>
        {
            var writer = builder
                .AddContainer("writer", Image, Tag)
                .WithEntrypoint("/bin/sh")
                .WithArgs("-c", Writer)
                .WithExecProbe(ProbeType.Readiness, ["test", "-e", "/tmp/ready"])
                .WithRestartPolicy(RestartMode.Always)
                .WithEnvironment("MARK", writerVersion)
                .WithVolume("data", "/data");
            var job = builder
                .AddContainer("job", Image, Tag)
                .WithEntrypoint("/bin/true")
                .WithEnvironment("MARK", webVersion)
                .WaitFor(writer);
            var web = builder
                .AddContainer("web", Image, Tag)
                .WithEntrypoint("/bin/sh")
                .WithArgs("-c", Server)
                .WithHttpEndpoint(targetPort: 8080)
                .WithExecProbe(ProbeType.Readiness, ["wget", "-q", "-O", "/dev/null", $"http://127.0.0.1:8080{Page}"])
                .WithAnnotation(new ReplicaAnnotation(Replicas))
                .WithEnvironment("MARK", webVersion)
                .WaitForCompletion(job);
            builder
                .AddGateway<Solution.GatewayProject>("gateway")
                .WithRoute("/", web)
                .WithHttps()
                .WithPublicPorts(folder.HttpPort, folder.HttpsPort);
            builder.AddDockerSwarmTarget();
        });

    private static async Task<string> OnAsync(DockerEngine engine, PublishedFolder folder, string script)
    {
        var outcome = await EngineCommand.RunAsync(engine, folder.Path, ["sh", script]);
        Assert.True(outcome.ExitCode == 0, $"{script} ended with {outcome.ExitCode}:{Environment.NewLine}{outcome.Output}");
        return outcome.Output;
    }

    // The nodes where as many replicas as are wanted run, without those that the swarm only believes to run.
    private static async Task<string[]> NodesOfAsync(DockerEngine engine, string service)
    {
        var running = (
            await engine.RunAsync(
                [
                    "service",
                    "ps",
                    "--filter",
                    "desired-state=running",
                    "--format",
                    "{{.Node}} {{.CurrentState}}",
                    $"{Application}_{service}",
                ],
                TestContext.Current.CancellationToken
            )
        )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => line.Contains(" Running ", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[0])
            .ToList();
        return running.Count == Replicas ? [.. running.Distinct().Order(StringComparer.Ordinal)] : [];
    }

    private static Task RunsOnAsync(DockerEngine engine, string service, params string[] nodes) =>
        Until.TrueAsync(
            async () => (await NodesOfAsync(engine, service)).All(nodes.Contains) && (await NodesOfAsync(engine, service)).Length > 0,
            Generous,
            () => $"{service} never ran on {string.Join(" and ", nodes)} alone.",
            TestContext.Current.CancellationToken
        );
}
