using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AppHost.Process.Tests;

/// <summary>A run whose backing services are containers, on an engine that it shares with nobody.</summary>
public class ContainerTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppHost_Killed_LeavesNoContainerAndNoNetwork()
    {
        var engine = await docker.StartedAsync(Cancellation);
        var networks = await NetworksAsync(engine);
        await using var run = Start(engine);
        await run.UntilRunsAsync("SmallAppHosts", 1);
        Assert.Equal(2, (await ContainersAsync(engine)).Length);

        run.Kill();

        await run.UntilNothingIsLeftAsync();
        await Until.TrueAsync(async () => await ContainersAsync(engine) is [], Generous, () => "Containers are left of it.", Cancellation);
        await Until.TrueAsync(async () => (await NetworksAsync(engine)).SequenceEqual(networks), Generous, () => "A network is left of it.", Cancellation);
    }

    private static AppHostRun Start(DockerEngine engine)
    {
        var environment = engine.Environment.ToDictionary(variable => variable.Key, variable => (string?)variable.Value);
        return AppHostRun.StartSmall("whole", environment, null, "--isolated", "--backing-services", "Container");
    }

    private static async Task<string[]> ContainersAsync(DockerEngine engine) => Lines(await engine.RunAsync(["container", "ls", "--all", "--quiet"], Cancellation));

    private static async Task<string[]> NetworksAsync(DockerEngine engine) => [.. Lines(await engine.RunAsync(["network", "ls", "--format", "{{.Name}}"], Cancellation)).Order()];

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
