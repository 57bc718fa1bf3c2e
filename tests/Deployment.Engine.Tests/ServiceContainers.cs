using System.Globalization;
using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>The containers of one service of a deployment, as the engine sees them.</summary>
internal sealed class ServiceContainers(DockerEngine engine, string label)
{
    private const string Shell = "docker.io/library/busybox:1.37.0";

    /// <summary>Returns their identifiers, ended ones included.</summary>
    internal Task<string[]> AllAsync() => ListAsync("--all");

    /// <summary>Returns the identifiers of those that run.</summary>
    internal Task<string[]> RunningAsync() => ListAsync();

    /// <summary>Returns the identifiers of those that are healthy.</summary>
    internal Task<string[]> HealthyAsync() => ListAsync("--filter", "health=healthy");

    /// <summary>Returns how many processes run in each, beside one that the engine runs there to ask for its health.</summary>
    internal async Task<int[]> ProcessesAsync()
    {
        var counts = new List<int>();
        foreach (var container in await RunningAsync())
            counts.Add(
                Lines(await engine.RunAsync(["top", container, "-eo", "pid,args"], TestContext.Current.CancellationToken))
                    .Count(static line => !line.Contains("healthcheck", StringComparison.Ordinal)) - 1
            );
        return [.. counts];
    }

    /// <summary>Returns when each that runs was started last.</summary>
    internal async Task<IReadOnlyDictionary<string, DateTimeOffset>> StartsAsync() => await StartsAsync(await RunningAsync());

    /// <summary>Returns when the first of them was started last, of ended ones too.</summary>
    internal async Task<DateTimeOffset> FirstStartAsync() => (await StartsAsync(await AllAsync())).Values.Min();

    /// <summary>Kills the process of one of them from outside, as the kernel does, so that the engine takes it for a crash.</summary>
    internal async Task KillOneAsync()
    {
        var process = (
            await engine.RunAsync(
                ["inspect", "--format", "{{.State.Pid}}", (await RunningAsync())[0]],
                TestContext.Current.CancellationToken
            )
        ).Trim();
        await engine.RunAsync(
            ["run", "--rm", "--pid", "host", "--network", "none", Shell, "kill", "-9", process],
            TestContext.Current.CancellationToken
        );
    }

    private async Task<Dictionary<string, DateTimeOffset>> StartsAsync(string[] containers) =>
        containers.Length == 0
            ? []
            : Lines(
                    await engine.RunAsync(
                        ["inspect", "--format", "{{.Id}} {{.State.StartedAt}}", .. containers],
                        TestContext.Current.CancellationToken
                    )
                )
                .ToDictionary(
                    static line => line.Split(' ')[0],
                    static line => DateTimeOffset.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)
                );

    private async Task<string[]> ListAsync(params string[] which) =>
        Lines(
            await engine.RunAsync(
                ["ps", "--quiet", "--no-trunc", "--filter", $"label={label}", .. which],
                TestContext.Current.CancellationToken
            )
        );

    private static string[] Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)];
}
