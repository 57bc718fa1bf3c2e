using System.Diagnostics;
using System.Globalization;
using AspireDeploy;
using AspireDeploy.Workload;

namespace AppHost.Tests.Concepts;

/// <summary>
/// The solution, for tests that break it while clients keep asking through the gateway; and beside it programs that end in every way. They
/// share one run, and leave it healthy.
/// </summary>
public sealed class SolutionUnderLoad() : SharedSolution(dashboard: false)
{
    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);

    private readonly string _leaks = Directory.CreateTempSubdirectory("leaks-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Breaks something under load, and expects that every request that was due meanwhile, for half a minute at least, is answered with
    /// success.
    /// </summary>
    public async Task NothingIsLostAsync(Func<Task> breakAsync)
    {
        ArgumentNullException.ThrowIfNull(breakAsync);
        await UntilEveryReplicaServesAsync();
        await Solution.UntilHealthyAsync("gateway", Token);
        await using var load = await SteadyLoad.StartAsync(Solution.App.GetEndpoint("gateway", "https"), Token);
        await load.UntilAnsweredAsync(SteadyLoad.PerSecond, Token);
        await Task.WhenAll(breakAsync(), Task.Delay(HalfAMinute, Token));
        var sent = await load.FinishAsync(Token);
        await Solution.UntilHealthyAsync("api", Token);
        Assert.True(
            load.Failures.Count == 0,
            $"{load.Failures.Count} of {sent} failed:{Environment.NewLine}{string.Join(Environment.NewLine, load.Failures.Take(20))}"
        );
    }

    /// <summary>
    /// Waits until every replica of <c>api</c> itself says that it is ready: what is known of its health is as old as the last probe, and a
    /// test before may have had it without a database since.
    /// </summary>
    public Task UntilEveryReplicaServesAsync() =>
        UntilAsync(
            async client =>
                (await Task.WhenAll((await Solution.UntilHealthyAsync("api", Token)).Select(replica => ServesAsync(client, replica)))).All(
                    serves => serves
                ),
            "A replica is told to be healthy, and says that it isn't."
        );

    /// <summary>Waits until a replica of <c>api</c> other than that one says that it is ready.</summary>
    public Task UntilAnotherServesAsync(ResourceEvent replica) =>
        UntilAsync(
            async client =>
                (
                    await Task.WhenAll(
                        Solution
                            .Instances("api")
                            .Where(other => other.ResourceId != replica.ResourceId)
                            .Select(other => ServesAsync(client, other))
                    )
                ).Any(serves => serves),
            "No other replica says that it is ready."
        );

    /// <summary>Returns where a replica of <c>api</c> itself listens, behind the proxy and the gateway.</summary>
    public static Uri AddressOf(ResourceEvent replica)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return new($"http://127.0.0.1:{replica.Snapshot.EnvironmentVariables.Single(v => v.Name == "GATEWAY_TARGET_HTTP").Value}");
    }

    /// <summary>Has <c>leaky</c> use more and more memory.</summary>
    public void Leak(ResourceEvent replica) =>
        File.WriteAllText(Path.Combine(_leaks, PidOf(replica.Snapshot)!.Value.ToString(CultureInfo.InvariantCulture)), "");

    /// <summary>Kills the process of one instance. If it has ended already, there is nothing to kill.</summary>
    public static void Kill(ResourceEvent instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        try
        {
            using var process = Process.GetProcessById(PidOf(instance.Snapshot)!.Value);
            process.Kill();
        }
        catch (Exception ended) when (ended is ArgumentException or InvalidOperationException) { }
    }

    /// <summary>Returns the process of an instance.</summary>
    public static int? PidOf(CustomResourceSnapshot snapshot) =>
        Property(snapshot, "executable.pid") is { } pid ? Convert.ToInt32(pid, CultureInfo.InvariantCulture) : null;

    /// <summary>Returns what the dashboard shows among an instance's properties.</summary>
    public static object? Property(CustomResourceSnapshot snapshot, string name)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot.Properties.FirstOrDefault(p => p.Name == name)?.Value;
    }

    /// <inheritdoc />
    protected override void Add(IDistributedApplicationTestingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Ten seconds are plenty (bench/Recovery), but for a machine so busy that a replica takes longer to be found: these tests are of
        // what is lost, not of how fast the machine is.
        builder.CreateResourceBuilder<GatewayResource>("gateway").WithEnvironment("Gateway__Limits__HoldSeconds", "90");
        builder
            .AddExecutable("crasher", "/bin/sh", ".", "-c", "exit 7")
            .WithRestartPolicy(RestartMode.OnFailure, maxAttempts: 3, initialBackoff: TimeSpan.FromSeconds(0.1));
        builder.AddExecutable("done", "/bin/true", ".").WithRestartPolicy(RestartMode.OnFailure);
        builder.AddExecutable("sleeper", "/bin/sleep", ".", "100000").WithRestartPolicy(RestartMode.Always);
        foreach (var name in (string[])["leaky", "neighbour"])
        {
            builder
                .AddExecutable(
                    name,
                    "/bin/sh",
                    ".",
                    "-c",
                    $"while :; do [ -e {_leaks}/$$ ] && kept=$kept$(head -c 500000 /dev/zero | tr '\\0' x); sleep 0.02; done"
                )
                .WithMemory("64Mi")
                .WithRestartPolicy(RestartMode.Always);
        }
    }

    /// <inheritdoc />
    protected override void Remove() => Directory.Delete(_leaks, recursive: true);

    private static async Task UntilAsync(Func<HttpClient, Task<bool>> condition, string otherwise)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Until.TrueAsync(() => condition(client), TimeSpan.FromMinutes(2), () => otherwise, Token);
    }

    private static async Task<bool> ServesAsync(HttpClient client, ResourceEvent replica)
    {
        // Until its process is there, it isn't known where it will listen.
        if (replica.Snapshot.State?.Text != KnownResourceStates.Running || PidOf(replica.Snapshot) is not > 0)
            return false;
        try
        {
            using var answer = await client.GetAsync(new Uri(AddressOf(replica), "/health"), Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>The tests that share that run.</summary>
[CollectionDefinition(Name)]
public sealed class UnderLoad : ICollectionFixture<SolutionUnderLoad>
{
    internal const string Name = "under load";
}
