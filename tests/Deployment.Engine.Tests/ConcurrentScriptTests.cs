using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.EngineTests;

/// <summary>Scripts of one folder that are run beside each other: the second says so and touches nothing, the first goes on.</summary>
public sealed class ConcurrentScriptTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task DeployAndDestroy_WhileADeploymentRuns_AreRefusedInOneLine_AndTheFirstFinishes(string target)
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        if (target == "swarm")
            await engine.BeginSwarmAsync(TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, target);
        await folder.PublishAsync($"twice-{target}", builder =>
        {
            builder
                .AddContainer("server", "docker.io/library/busybox", "1.37.0")
                .WithEntrypoint("/bin/sh")
                .WithArgs("-c", "sleep 8; touch /tmp/ready; exec sleep 600")
                .WithExecProbe(ProbeType.Readiness, ["test", "-e", "/tmp/ready"])
                .WithRestartPolicy(RestartMode.Always);
            if (target == "swarm")
                builder.AddDockerSwarmTarget();
            else
                builder.AddDockerComposeTarget();
        });

        var first = folder.RunAsync("deploy.sh");
        var holder = Path.Combine(folder.Path, ".deploying", "after.first");
        await Until.TrueAsync(
            () => Task.FromResult(File.Exists(holder)),
            TimeSpan.FromMinutes(1),
            static () => "The first has taken no lock.",
            TestContext.Current.CancellationToken
        );
        var process = (await File.ReadAllTextAsync(holder, TestContext.Current.CancellationToken)).Split(' ')[1];
        foreach (var script in (string[])["deploy.sh", "destroy.sh"])
            Assert.Equal(
                new(
                    1,
                    $"deploy.sh runs in this folder already (process {process}): wait until it has ended. If it has, remove "
                        + $"{folder.Path}/.deploying.\n"
                ),
                await folder.RunAsync(script)
            );

        var deployed = await first;

        Assert.True(deployed.ExitCode == 0, deployed.Output);
        Assert.EndsWith("  deployed\n", deployed.Output, StringComparison.Ordinal);
        Assert.EndsWith("  nothing changed\n", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);
        await folder.SucceedAsync("destroy.sh");
        Assert.Empty(Directory.GetDirectories(folder.Path, ".deploying*"));
    }
}
