using System.Diagnostics;
using System.Globalization;
using AspireDeploy;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AppHost.Tests;

/// <summary>The solution without its dashboard, for tests that break it and mend it again.</summary>
public sealed class BreakableSolution() : SharedSolution(dashboard: false)
{
    /// <inheritdoc />
    protected override void Add(IDistributedApplicationTestingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // What is killed stays as it is until a test starts it again.
        builder.CreateResourceBuilder<ProjectResource>("api").WithRestartPolicy(RestartMode.Never);
    }
}

/// <summary>Processes are stopped, started, and killed; what is told of them is true.</summary>
public class OutageTests(BreakableSolution running) : IClassFixture<BreakableSolution>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Solution Solution => running.Solution;

    [Fact]
    public async Task Replica_Killed_IsToldAndItsNeighboursServeOn()
    {
        var victim = (await Solution.UntilHealthyAsync("api", Token))[0];

        Kill(victim);

        await Solution.UntilAsync(
            "api",
            s => Pid(s) == Pid(victim.Snapshot) ? HasEnded(s) : s.State?.Text == KnownResourceStates.Running,
            Token
        );
        var dead = Latest(victim);
        Assert.NotEqual(0, dead.ExitCode);
        Assert.NotNull(dead.StopTimeStamp);
        Assert.Null(dead.HealthStatus);
        using var client = Solution.NewConnections("api");
        for (var request = 0; request < 20; request++)
        {
            using var answer = await client.GetAsync("/items", Token);
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
            Assert.DoesNotContain(victim.ResourceId, answer.Headers.GetValues("X-Replica"));
        }

        await Solution.CommandAsync(victim.ResourceId, KnownResourceCommands.StartCommand, Token);
        await Solution.UntilHealthyAsync("api", Token);
        Assert.NotEqual(Pid(victim.Snapshot), Pid(Latest(victim)));
        Assert.Null(Latest(victim).ExitCode);
        Assert.Null(Latest(victim).StopTimeStamp);
    }

    [Fact]
    public async Task Postgres_Killed_IsToldWithItsDatabaseAndApiBecomesUnhealthy()
    {
        await Solution.UntilHealthyAsync("api", Token);

        Kill(Assert.Single(Solution.Instances("postgres")));

        var postgres = Assert.Single(await Solution.UntilAsync("postgres", HasEnded, Token)).Snapshot;
        Assert.NotEqual(0, postgres.ExitCode);
        Assert.NotNull(postgres.StopTimeStamp);
        await Solution.UntilAsync("catalog", postgres.State!.Text, Token);
        await Solution.UntilAsync("api", s => s.HealthStatus == HealthStatus.Unhealthy, Token);
        Assert.All(Solution.Instances("api"), replica => Assert.Equal(KnownResourceStates.Running, replica.Snapshot.State?.Text));

        await Solution.CommandAsync("postgres", KnownResourceCommands.StartCommand, Token);
        await Solution.UntilHealthyAsync("catalog", Token);
        await Solution.UntilHealthyAsync("api", Token);
    }

    [Fact]
    public async Task Replica_StoppedAndStarted_GoesThroughEveryStateAndKeepsItsLog()
    {
        var replica = (await Solution.UntilHealthyAsync("api", Token))[0];
        var before = Solution.History.States("api")[0].Count;

        await Solution.CommandAsync(replica.ResourceId, KnownResourceCommands.StopCommand, Token);

        await Solution.History.UntilAsync(() => HasEnded(Latest(replica)), Token);
        var stopped = Latest(replica);
        Assert.Contains("Now listening on", await Solution.LogAsync("api", Token), StringComparison.Ordinal);

        await Solution.CommandAsync(replica.ResourceId, KnownResourceCommands.StartCommand, Token);
        await Solution.UntilHealthyAsync("api", Token);
        // Between the two it starts and waits for what it needs, which is there.
        Assert.Equal(
            ["Stopping", stopped.State!.Text, "Running"],
            Solution.History.States("api")[0].Skip(before).Where(state => state is not ("Starting" or "Waiting"))
        );
    }

    [Fact]
    public async Task Resource_Restarted_RestartsEveryReplica()
    {
        var before = (await Solution.UntilHealthyAsync("api", Token)).ToDictionary(e => e.ResourceId, e => Pid(e.Snapshot));

        await Solution.CommandAsync("api", KnownResourceCommands.RestartCommand, Token);

        await Solution.UntilAsync("api", s => s.HealthStatus is not null && !before.ContainsValue(Pid(s)), Token);
        var after = await Solution.UntilHealthyAsync("api", Token);
        Assert.Equal(before.Keys.Order(), after.Select(e => e.ResourceId).Order());
    }

    private CustomResourceSnapshot Latest(ResourceEvent instance) =>
        Solution.App.ResourceNotifications.TryGetCurrentState(instance.ResourceId, out var known)
            ? known.Snapshot
            : throw new InvalidOperationException($"Nothing is known of {instance.ResourceId}.");

    private static void Kill(ResourceEvent instance)
    {
        using var process = Process.GetProcessById(Pid(instance.Snapshot));
        process.Kill();
    }

    private static bool HasEnded(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    private static int Pid(CustomResourceSnapshot snapshot) =>
        Convert.ToInt32(snapshot.Properties.Single(p => p.Name == "executable.pid").Value, CultureInfo.InvariantCulture);
}
