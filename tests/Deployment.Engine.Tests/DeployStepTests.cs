using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>The steps <c>deploy-NAME</c> and <c>destroy-NAME</c> of an AppHost that runs as a process of its own.</summary>
public sealed class DeployStepTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    [Theory]
    [InlineData("compose", "com.docker.compose.project")]
    [InlineData("swarm", "com.docker.stack.namespace")]
    public async Task Deploy_ATarget_BuildsPushesAndRuns_TheSecondTimeChangesNothing_AndDestroyTakesItAway(string target, string label)
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        if (target == "swarm")
            await engine.BeginSwarmAsync(TestContext.Current.CancellationToken);
        var registry = await engine.StartRegistryAsync(TestContext.Current.CancellationToken);
        using var deployable = new SmallAppHost(engine, "deployable");

        var deployed = await deployable.StepAsync($"deploy-{target}", ("REGISTRY", registry));

        Assert.True(deployed.ExitCode == 0, deployed.Output);
        Assert.Contains("deployable-migrator", await PushedAsync(registry), StringComparison.Ordinal);
        var containers = await ContainersAsync(engine, label);
        Assert.Contains($"{registry}/deployable-migrator:1-", containers, StringComparison.Ordinal);

        var again = await deployable.StepAsync($"deploy-{target}", ("REGISTRY", registry));
        Assert.True(again.Output.Contains(", which is there already", StringComparison.Ordinal), again.Output);
        Assert.Contains("nothing changed", again.Output, StringComparison.Ordinal);
        Assert.Equal(containers, await ContainersAsync(engine, label));

        var destroyed = await deployable.StepAsync($"destroy-{target}", ("REGISTRY", registry));
        Assert.True(destroyed.ExitCode == 0, destroyed.Output);
        Assert.Equal("", await ContainersAsync(engine, label));
    }

    [Fact]
    public async Task Deploy_ASecretThatNobodySupplied_SaysHow_BeforeAnImageIsBuilt_AndStartsNothing()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var secretive = new SmallAppHost(engine, "secretive");

        var refused = await secretive.StepAsync("deploy-compose");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(
            "Docker Compose needs the secret payment-key: set Parameters__payment-key, or put it into ",
            refused.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("build-migrator", refused.Output, StringComparison.Ordinal);
        Assert.Equal(
            "",
            await engine.RunAsync(
                ["ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=secretive"],
                TestContext.Current.CancellationToken
            )
        );
    }

    private static async Task<string> PushedAsync(string registry)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://{registry}/v2/_catalog"), TestContext.Current.CancellationToken);
    }

    private static async Task<string> ContainersAsync(DockerEngine engine, string label) =>
        await engine.RunAsync(
            ["ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.Image}}", "--filter", $"label={label}=deployable"],
            TestContext.Current.CancellationToken
        );
}
