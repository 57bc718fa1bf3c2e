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

    [Fact]
    public async Task Engine_ThatDoesNotAnswer_IsSaid_AndContainersStartOnceItDoes()
    {
        var engine = await docker.StartedAsync(Cancellation);
        var directory = Directory.CreateTempSubdirectory("aspiredeploy-socket-");
        var socket = Path.Combine(directory.FullName, "docker.sock");
        try
        {
            await using var run = Start(engine, "unix://" + socket);
            await run.UntilSaysAsync("Docker is installed but does not answer: start it, and the containers start by themselves.");

            File.CreateSymbolicLink(socket, engine.Environment["DOCKER_HOST"]["unix://".Length..]);

            await run.UntilRunsAsync("SmallAppHosts", 1);
            run.Terminate();
            Assert.Equal(0, await run.EndAsync());
            Assert.Empty(await ContainersAsync(engine));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Engine_WithoutANetworkLeft_IsSaid_AndContainersStartOnceThereIs()
    {
        var engine = await docker.StartedAsync(Cancellation);
        var taken = new List<string>();
        while ((await engine.TryRunAsync(["network", "create", $"taken-{taken.Count}"], Cancellation)).ExitCode == 0)
        {
            taken.Add($"taken-{taken.Count}");
        }

        await using var run = Start(engine);
        await run.UntilSaysAsync("The containers' network isn't there yet");

        await engine.RunAsync(["network", "rm", .. taken], Cancellation);

        await run.UntilRunsAsync("SmallAppHosts", 1);
        run.Terminate();
        Assert.Equal(0, await run.EndAsync());
    }

    private static AppHostRun Start(DockerEngine engine, string? host = null)
    {
        var environment = engine.Environment.ToDictionary(variable => variable.Key, variable => (string?)variable.Value);
        if (host is not null)
        {
            environment["DOCKER_HOST"] = host;
        }

        return AppHostRun.StartSmall("whole", environment, null, "--isolated", "--backing-services", "Container");
    }

    private static async Task<string[]> ContainersAsync(DockerEngine engine) => Lines(await engine.RunAsync(["container", "ls", "--all", "--quiet"], Cancellation));

    private static async Task<string[]> NetworksAsync(DockerEngine engine) => [.. Lines(await engine.RunAsync(["network", "ls", "--format", "{{.Name}}"], Cancellation)).Order()];

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
