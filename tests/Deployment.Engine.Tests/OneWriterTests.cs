using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.EngineTests;

/// <summary>A volume has one writer at a time, also when that one ignores its stop signal for 20 s.</summary>
public sealed class OneWriterTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    private const string Image = "docker.io/library/busybox";
    private const string Tag = "1.37.0";

    // Tells in the volume that it lives, whatever it is told for 20 s, and whether another does when it starts.
    private const string Server = """
        trap 'for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do date +%s >/data/alive; sleep 1; done; echo 0 >/data/alive; exit 0' TERM
        [ $(($(date +%s) - $(cat /data/alive 2>/dev/null || echo 0))) -gt 3 ] || touch /data/two
        touch /tmp/ready
        while :; do date +%s >/data/alive; sleep 1 & wait $!; done
        """;

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task DestroyAndDeploy_AServerThatIsSlowToStop_IsNeverTwo(string target)
    {
        var (engine, folder) = await PublishedAsync(target, $"slow-{target}", "1");
        using var _ = folder;
        await folder.SucceedAsync("deploy.sh");

        await folder.SucceedAsync("destroy.sh");
        await folder.SucceedAsync("deploy.sh");

        await AssertNeverTwoAsync(engine, $"slow-{target}_data");
        await folder.SucceedAsync("destroy.sh");
    }

    [Fact]
    public async Task Deploy_OfTheStackWhileItIsTakenAwayStill_WaitsForTheServer()
    {
        var (engine, folder) = await PublishedAsync("swarm", "leaving", "1");
        using var _ = folder;
        await folder.SucceedAsync("deploy.sh");
        await engine.RunAsync(["stack", "rm", "leaving"], TestContext.Current.CancellationToken);

        var said = await folder.SucceedAsync("deploy.sh");

        Assert.Contains("  waits for busybox:1.37.0 on ", said, StringComparison.Ordinal);
        await AssertNeverTwoAsync(engine, "leaving_data");
        await folder.SucceedAsync("destroy.sh");
    }

    [Fact]
    public async Task Deploy_AfterOneThatWasInterrupted_WaitsForTheServer()
    {
        var (engine, folder) = await PublishedAsync("compose", "interrupted", "1");
        using var _ = folder;
        await folder.SucceedAsync("deploy.sh");
        await PublishAsync(folder, "compose", "interrupted", "2");
        var start = new ProcessStartInfo("sh", ["./deploy.sh"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in engine.Environment)
            start.Environment[name] = value;
        using (var interrupted = Process.Start(start)!)
        {
            var containers = new ServiceContainers(engine, "com.docker.compose.project=interrupted");
            await Until.TrueAsync(
                async () => (await containers.AllAsync()).Length == 2,
                TimeSpan.FromMinutes(2),
                static () => "The new container wasn't made.",
                TestContext.Current.CancellationToken
            );
            interrupted.Kill(entireProcessTree: true);
            await interrupted.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await folder.SucceedAsync("deploy.sh");

        await AssertNeverTwoAsync(engine, "interrupted_data");
        await folder.SucceedAsync("destroy.sh");
    }

    [Fact]
    public async Task Deploy_WhileAContainerOfSomebodyElseWrites_WaitsAndThenNamesIt()
    {
        var (engine, folder) = await PublishedAsync("compose", "shared", "1");
        using var _ = folder;
        await engine.RunAsync(["volume", "create", "shared_data"], TestContext.Current.CancellationToken);
        await engine.RunAsync(
            ["run", "--detach", "--name", "somebody", "--volume", "shared_data:/data", $"{Image}:{Tag}", "sleep", "600"],
            TestContext.Current.CancellationToken
        );
        var deploy = Path.Combine(folder.Path, "deploy.sh");
        var script = await File.ReadAllTextAsync(deploy, TestContext.Current.CancellationToken);
        Assert.Contains("until=$(($(date +%s) + 90))", script, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            deploy,
            script.Replace("until=$(($(date +%s) + 90))", "until=$(($(date +%s) + 3))", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        var refused = await folder.RunAsync("deploy.sh");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(
            "  server waits for the container somebody to leave the volume shared_data\n",
            refused.Output,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "The container somebody writes to the volume shared_data, which is server's: stop it (docker stop somebody), and run "
                + "./deploy.sh again. server wasn't touched.\n",
            refused.Output,
            StringComparison.Ordinal
        );
        Assert.Empty(await new ServiceContainers(engine, "com.docker.compose.project=shared").AllAsync());

        await engine.RunAsync(["rm", "--force", "somebody"], TestContext.Current.CancellationToken);
        await folder.SucceedAsync("deploy.sh");
        await folder.SucceedAsync("destroy.sh");
    }

    private async Task<(DockerEngine Engine, PublishedFolder Folder)> PublishedAsync(string target, string application, string version)
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        if (
            target == "swarm"
            && (await engine.RunAsync(["info", "--format", "{{.Swarm.LocalNodeState}}"], TestContext.Current.CancellationToken)).Trim()
                != "active"
        )
            await engine.BeginSwarmAsync(TestContext.Current.CancellationToken);
        var folder = new PublishedFolder(engine, target);
        await PublishAsync(folder, target, application, version);
        return (engine, folder);
    }

    private static Task PublishAsync(PublishedFolder folder, string target, string application, string version) =>
        folder.PublishAsync(application, builder =>
        {
            builder
                .AddContainer("server", Image, Tag)
                .WithEntrypoint("/bin/sh")
                .WithArgs("-c", Server)
                .WithExecProbe(ProbeType.Readiness, ["test", "-e", "/tmp/ready"])
                .WithRestartPolicy(RestartMode.Always)
                .WithEnvironment("MARK", version)
                .WithVolume("data", "/data");
            if (target == "swarm")
                builder.AddDockerSwarmTarget();
            else
                builder.AddDockerComposeTarget();
        });

    private static async Task AssertNeverTwoAsync(DockerEngine engine, string volume) =>
        Assert.Equal(
            "alive\n",
            await engine.RunAsync(
                ["run", "--rm", "--network", "none", "--volume", $"{volume}:/data:ro", $"{Image}:{Tag}", "ls", "/data"],
                TestContext.Current.CancellationToken
            )
        );
}
