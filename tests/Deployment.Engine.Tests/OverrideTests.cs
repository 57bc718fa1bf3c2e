using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>
/// Describes what an AppHost changes, and files that a person has put beside the published ones, on the real engine: what they change is
/// replaced, and nothing else, once.
/// </summary>
public sealed class OverrideTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    private const string Sleep = "trap 'exit 0' TERM; while :; do sleep 1 & wait $!; done";

    [Fact]
    public async Task ComposeOverride_IsInTheContainersThatItChanges_AndInNoOthers()
    {
        using var folder = await PublishedAsync("compose", "overridden");
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        await folder.SucceedAsync("deploy.sh");
        var (api, cache) = (await IdAsync(engine, "overridden", "api"), await IdAsync(engine, "overridden", "cache"));

        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "compose.override.yaml"),
            "services:\n  cache:\n    shm_size: 32m\n  extra:\n    image: docker.io/library/busybox:1.37.0\n    command: "
                + "[\"sleep\", \"600\"]\n    stop_signal: KILL\n",
            TestContext.Current.CancellationToken
        );
        var said = await folder.SucceedAsync("deploy.sh");

        Assert.Contains("s  compose.override.yaml changes cache, and adds extra\n", said, StringComparison.Ordinal);
        Assert.Contains("s  extra is started\n", said, StringComparison.Ordinal);
        var changed = await IdAsync(engine, "overridden", "cache");
        Assert.Equal(
            (api, "33554432\n"),
            (
                await IdAsync(engine, "overridden", "api"),
                await engine.RunAsync(["inspect", "--format", "{{.HostConfig.ShmSize}}", changed], TestContext.Current.CancellationToken)
            )
        );
        Assert.NotEqual(cache, changed);
        Assert.Equal(
            "50331648\n",
            await engine.RunAsync(["inspect", "--format", "{{.HostConfig.ShmSize}}", api], TestContext.Current.CancellationToken)
        );

        Assert.EndsWith("s  nothing changed\n", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(changed, await IdAsync(engine, "overridden", "cache"));

        File.Delete(Path.Combine(folder.Path, "compose.override.yaml"));
        await folder.SucceedAsync("deploy.sh");
        Assert.Equal(
            (api, "67108864\n", ""),
            (
                await IdAsync(engine, "overridden", "api"),
                await engine.RunAsync(
                    ["inspect", "--format", "{{.HostConfig.ShmSize}}", await IdAsync(engine, "overridden", "cache")],
                    TestContext.Current.CancellationToken
                ),
                await IdAsync(engine, "overridden", "extra")
            )
        );
        await folder.SucceedAsync("destroy.sh");
    }

    [Fact]
    public async Task StackOverride_IsInItsService_AndInNoOther()
    {
        using var folder = await PublishedAsync("swarm", "overstacked");
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        await folder.SucceedAsync("deploy.sh");
        var (api, cache) = (await VersionAsync(engine, "api"), await VersionAsync(engine, "cache"));

        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "stack.cache.override.yaml"),
            "services:\n  cache:\n    hostname: kept\n    deploy:\n      labels:\n        team: shop\n",
            TestContext.Current.CancellationToken
        );
        var said = await folder.SucceedAsync("deploy.sh");

        Assert.Contains("s  stack.cache.override.yaml changes cache\n", said, StringComparison.Ordinal);
        Assert.Equal(
            "kept shop\n",
            await engine.RunAsync(
                [
                    "service",
                    "inspect",
                    "--format",
                    "{{.Spec.TaskTemplate.ContainerSpec.Hostname}} {{.Spec.Labels.team}}",
                    "overstacked_cache",
                ],
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(
            "changed\n",
            await engine.RunAsync(
                ["service", "inspect", "--format", "{{.Spec.TaskTemplate.ContainerSpec.Hostname}}", "overstacked_api"],
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(api, await VersionAsync(engine, "api"));
        var changed = await VersionAsync(engine, "cache");
        Assert.NotEqual(cache, changed);

        Assert.EndsWith("s  nothing changed\n", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(changed, await VersionAsync(engine, "cache"));
        await folder.SucceedAsync("destroy.sh");
    }

    private async Task<PublishedFolder> PublishedAsync(string target, string application)
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        if (target == "swarm")
            await engine.BeginSwarmAsync(TestContext.Current.CancellationToken);
        var folder = new PublishedFolder(engine, target);
        await folder.PublishAsync(application, builder =>
        {
            foreach (var name in (string[])["api", "cache"])
            {
                var container = builder
                    .AddContainer(name, "docker.io/library/busybox", "1.37.0")
                    .WithEntrypoint("/bin/sh")
                    .WithArgs("-c", Sleep)
                    .WithExecProbe(Aspire.Hosting.ApplicationModel.ProbeType.Readiness, ["true"])
                    .WithRestartPolicy(RestartMode.Always);
                if (name == "api")
                    container
                        .PublishAsDockerComposeService(static service => service["shm_size"] = "48m")
                        .PublishAsDockerSwarmService(static service => service["hostname"] = "changed");
            }
            if (target == "swarm")
                builder.AddDockerSwarmTarget();
            else
                builder.AddDockerComposeTarget();
        });
        return folder;
    }

    private static async Task<string> IdAsync(DockerEngine engine, string project, string service) =>
        (
            await engine.RunAsync(
                [
                    "ps",
                    "--all",
                    "--quiet",
                    "--no-trunc",
                    "--filter",
                    $"label=com.docker.compose.project={project}",
                    "--filter",
                    $"label=com.docker.compose.service={service}",
                ],
                TestContext.Current.CancellationToken
            )
        ).Trim();

    private static async Task<string> VersionAsync(DockerEngine engine, string service) =>
        (
            await engine.RunAsync(
                ["service", "ps", "--no-trunc", "--filter", "desired-state=running", "--format", "{{.ID}}", $"overstacked_{service}"],
                TestContext.Current.CancellationToken
            )
        ).Trim();
}
