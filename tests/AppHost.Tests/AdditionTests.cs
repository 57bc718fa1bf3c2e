using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.Tests;

/// <summary>
/// The solution with programs of a test's own beside it: they wait in every way, one is not started, and one refers to the API.
/// </summary>
public sealed class ExtendedSolution() : SharedSolution(dashboard: false)
{
    /// <summary>Gets the events of the application's life and of one program's, in order.</summary>
    public ConcurrentQueue<string> Events { get; } = new();

    /// <inheritdoc />
    protected override void Add(IDistributedApplicationTestingBuilder builder)
    {
        var api = builder.CreateResourceBuilder<ProjectResource>("api");
        var migrator = builder.CreateResourceBuilder<ProjectResource>("migrator");
        var three = builder.AddExecutable("three", "/bin/sh", ".", "-c", "exit 3");
        builder.AddExecutable("after-start", "/bin/true", ".").WaitForStart(migrator);
        builder.AddExecutable("after-health", "/bin/true", ".").WaitFor(api);
        builder.AddExecutable("after-three", "/bin/true", ".").WaitForCompletion(three, exitCode: 3);
        builder.AddExecutable("after-zero", "/bin/true", ".").WaitForCompletion(three);
        builder.AddExecutable("on-request", "/bin/sleep", ".", "1000").WithExplicitStart();
        builder
            .AddExecutable("caller", "/usr/bin/env", ".")
            .WithReference(api)
            .WaitFor(api)
            .OnInitializeResource((_, _, _) => Note("initialize"))
            .OnBeforeResourceStarted((_, _, _) => Note("before start"))
            .OnResourceStopped((_, _, _) => Note("stopped"));
        builder.Eventing.Subscribe<BeforeStartEvent>((_, _) => Note("before everything"));
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => Note("all created"));
    }

    private Task Note(string what)
    {
        Events.Enqueue(what);
        return Task.CompletedTask;
    }
}

/// <summary>Describes what a test adds to the AppHost's declaration is run as if the AppHost had declared it.</summary>
public class AdditionTests(ExtendedSolution running) : IClassFixture<ExtendedSolution>
{
    private const string Prefix = "services__";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Solution Solution => running.Solution;

    [Fact]
    public async Task Waits_OfEveryKind_AreKept()
    {
        var health = Assert.Single(await Solution.UntilAsync("after-health", KnownResourceStates.Finished, Token)).Snapshot;
        var started = Assert.Single(await Solution.UntilAsync("after-start", KnownResourceStates.Finished, Token)).Snapshot;
        await Solution.UntilAsync("after-three", KnownResourceStates.Finished, Token);
        await Solution.UntilAsync(
            "after-zero",
            s =>
                s.State?.Text == KnownResourceStates.FailedToStart
                && s.Properties.Any(p => p is { Name: "Reason", Value: "three exited with code 3, expected 0" }),
            Token
        );

        Assert.True(started.StartTimeStamp >= Assert.Single(Solution.Instances("migrator")).Snapshot.StartTimeStamp);
        Assert.All(Solution.Instances("api"), replica => Assert.True(health.StartTimeStamp > replica.Snapshot.StartTimeStamp));
    }

    [Fact]
    public async Task Events_OfALife_ComeInOrder()
    {
        await AspireDeploy.Workload.Until.TrueAsync(() => running.Events.Contains("stopped"), "The program's end was never told.", Token);

        string[] application = ["before everything", "all created"];
        Assert.Equal(application, running.Events.Where(application.Contains));
        Assert.Equal(
            ["initialize", "before start", "stopped"],
            running.Events.Where(told => told is "initialize" or "before start" or "stopped")
        );
    }

    [Fact]
    public async Task ExplicitStart_UntilAskedFor_DoesNotStart()
    {
        Assert.Equal(["NotStarted"], Assert.Single(Solution.History.States("on-request")));

        await Solution.CommandAsync("on-request", KnownResourceCommands.StartCommand, Token);
        await Solution.UntilAsync("on-request", KnownResourceStates.Running, Token);
        Assert.Equal(["NotStarted", "Starting", "Running"], Assert.Single(Solution.History.States("on-request")));
    }

    [Fact]
    public async Task Client_WithTheVariablesOfAReference_ReachesTheResourceByItsName()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(await UntilToldAsync()).Build());
        services.AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient();

        using var answer = await client.GetAsync(new Uri("http://api/items"), Token);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        Assert.NotEmpty(answer.Headers.GetValues("X-Replica"));
    }

    /// <summary>Returns what the process was told, as its configuration has it. Its output may arrive a little after its end.</summary>
    private async Task<Dictionary<string, string?>> UntilToldAsync()
    {
        await Solution.UntilAsync("caller", KnownResourceStates.Finished, Token);
        var told = new Dictionary<string, string?>();
        await AspireDeploy.Workload.Until.TrueAsync(
            async () =>
            {
                foreach (
                    var line in (await Solution.LogAsync("caller", Token))
                        .Split('\n')
                        .Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
                )
                {
                    if (line.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && line.Split('=', 2) is [var name, var value])
                    {
                        told[name.Replace("__", ":", StringComparison.Ordinal)] = value;
                    }
                }

                return told.Count > 0;
            },
            TimeSpan.FromMinutes(1),
            () => "No variable of service discovery was told.",
            Token
        );
        return told;
    }
}
