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
        // The end of another test kills its run with all that would take its containers away.
        if (await ContainersAsync(engine) is { Length: > 0 } others)
            await engine.RunAsync(["rm", "--force", .. others], Cancellation);
        await engine.RunAsync(["network", "prune", "--force"], Cancellation);
        var networks = await NetworksAsync(engine);
        await using var run = Start(engine, "whole", "--isolated", "--backing-services", "Container");
        await run.UntilRunsAsync("SmallAppHosts", 1);
        Assert.Equal(2, (await ContainersAsync(engine)).Length);

        run.Kill();

        await run.UntilNothingIsLeftAsync();
        await Until.TrueAsync(async () => await ContainersAsync(engine) is [], Generous, () => "Containers are left of it.", Cancellation);
        await Until.TrueAsync(
            async () => (await NetworksAsync(engine)).SequenceEqual(networks),
            Generous,
            () => "A network is left of it.",
            Cancellation
        );
    }

    [Fact]
    public async Task Container_ThatRefersToServersThatAreProcesses_ReachesThem()
    {
        var engine = await docker.StartedAsync(Cancellation);
        // Aspire's tunnel is built on an image that has glibc.
        await engine.RunAsync(["pull", "--quiet", "docker.io/library/redis:8.6"], Cancellation);
        await engine.RunAsync(["tag", "docker.io/library/redis:8.6", "mcr.microsoft.com/azurelinux/base/core:3.0"], Cancellation);
        await using var run = Start(engine, "container-clients", "--isolated");

        await LogsAsync("reporter", "reporter reads orders");
        await LogsAsync("counter", "counts");

        Task LogsAsync(string name, string line) =>
            Until.TrueAsync(
                async () =>
                    Lines(await engine.RunAsync(["container", "ls", "--quiet", "--filter", $"name={name}"], Cancellation)) is [var id]
                    && Lines(await engine.RunAsync(["logs", id], Cancellation)).Contains(line),
                Generous,
                () =>
                    $"{name} never said '{line}'. The AppHost "
                    + $"said:{Environment.NewLine}{string.Join(Environment.NewLine, run.Output.Concat(run.Errors))}",
                Cancellation
            );
    }

    private static AppHostRun Start(DockerEngine engine, string declaration, params string[] arguments) =>
        AppHostRun.StartSmall(
            declaration,
            engine.Environment.ToDictionary(variable => variable.Key, variable => (string?)variable.Value),
            null,
            arguments
        );

    private static async Task<string[]> ContainersAsync(DockerEngine engine) =>
        Lines(await engine.RunAsync(["container", "ls", "--all", "--quiet"], Cancellation));

    private static async Task<string[]> NetworksAsync(DockerEngine engine) =>
        [.. Lines(await engine.RunAsync(["network", "ls", "--format", "{{.Name}}"], Cancellation)).Order()];

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
