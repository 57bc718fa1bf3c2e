using System.Diagnostics;
using System.Globalization;
using AspireDeploy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AppHost.Tests;

/// <summary>
/// Aspire by itself, where this repository adjusts it (docs/decisions/one-host.md). A test that fails with another version of Aspire says
/// that an adjustment has become unnecessary.
/// </summary>
public class PlainAspireTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Isolated_OnTheAppHostsOwnCommandLine_ChangesNothing()
    {
        var builder = DistributedApplication.CreateBuilder(["--isolated"]);

        Assert.Null(builder.Configuration["DcpPublisher:RandomizePorts"]);
    }

    [Fact]
    public void Certificate_WhereNoneIsTrusted_IsNotThere()
    {
        using var app = Create().Build();
#pragma warning disable ASPIRECERTIFICATES001 // What it tests is in preview.
        var certificates = app.Services.GetRequiredService<IDeveloperCertificateService>();
#pragma warning restore ASPIRECERTIFICATES001
        Assert.SkipWhen(
            certificates.Certificates is [{ Subject: "CN=localhost" }, ..],
            "This machine trusts a certificate for development."
        );

        Assert.Empty(certificates.Certificates);
    }

    [Fact]
    public async Task Project_WithoutFastStart_RunsUnderDotnetAndIsToldOfADashboardThatIsNotThere()
    {
        var builder = Create();
        builder.Services.AddHostedService<StartedLate>();
        var migrator = Path.Combine(Projects.AppHost.ProjectPath, "..", "Migrator", "Migrator.csproj");
        builder.AddProject("migrator", migrator, options => options.ExcludeLaunchProfile = true);
        await using var app = builder.Build();
        await using var history = new History(app.ResourceNotifications);

        await app.StartAsync(Token);

        Assert.True(app.Services.GetServices<IHostedService>().OfType<StartedLate>().Single().HadResources);
        await history.UntilAsync(
            () => history.Latest("migrator").Any(e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text)),
            Token
        );
        var ended = Assert.Single(history.Latest("migrator")).Snapshot;
        Assert.Equal(
            "dotnet",
            Path.GetFileNameWithoutExtension(
                Convert.ToString(ended.Properties.Single(p => p.Name == "executable.path").Value, CultureInfo.InvariantCulture)
            )
        );
        Assert.Contains(ended.EnvironmentVariables, variable => variable.Name == "OTEL_EXPORTER_OTLP_ENDPOINT");
        await app.StopAsync(Token);
    }

    /// <summary>Fast start asks each 50 ms.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Health_OfWhatIsNotReadyYet_IsAskedForASecondLaterUnlessPromptly(bool promptly)
    {
        List<long> asked = [];
        var builder = Create();
        if (promptly)
        {
            builder.WithFastStart();
        }

        builder
            .Services.AddHealthChecks()
            .AddCheck("readiness", () =>
            {
                lock (asked)
                {
                    asked.Add(Stopwatch.GetTimestamp());
                    return asked.Count < 3 ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy();
                }
            });
        builder.AddExecutable("service", "sleep", ".", "600").WithHealthCheck("readiness");
        await using var app = builder.Build();
        await app.StartAsync(Token);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Token);

        var shortest = asked.Zip(asked.Skip(1), Stopwatch.GetElapsedTime).Min();
        Assert.True(
            promptly ? shortest < TimeSpan.FromSeconds(0.9) : shortest > TimeSpan.FromSeconds(0.9),
            $"It was asked again after {shortest.TotalSeconds} s."
        );
        await app.StopAsync(Token);
    }

    /// <summary>Where the replicas' starts are ours, they take turns.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replicas_StartedAtTheSameMoment_LoseVariablesUnlessTheyTakeTurns(bool takeTurns)
    {
        const int Variables = 40;
        var builder = Create();
        builder.WithFastStart();
        var migrator = builder
            .AddProject("migrator", Path.Combine(Projects.AppHost.ProjectPath, "..", "Migrator", "Migrator.csproj"), options =>
                options.ExcludeLaunchProfile = true
            )
            .WithReplicas(3);
        if (takeTurns)
        {
            migrator.WithRestartPolicy(RestartMode.Never);
        }

        for (var number = 0; number < Variables; number++)
        {
            var name = $"VARIABLE_{number}";
            migrator.WithEnvironment(async context =>
            {
                // As one that asks another program.
                await Task.Delay(TimeSpan.FromMilliseconds(2), context.CancellationToken);
                context.EnvironmentVariables[name] = "";
            });
        }

        await using var app = builder.Build();
        await using var history = new History(app.ResourceNotifications);
        await app.StartAsync(Token);
        var lost = false;
        HashSet<DateTime?> seen = [];
        for (var round = 0; round < (takeTurns ? 5 : 50) && !lost; round++)
        {
            // Without a database it ends at once.
            await history.UntilAsync(() => Replicas().Count == 3 && Replicas().All(HasEndedAgain), Token);
            seen = [.. Replicas().Select(e => e.Snapshot.StartTimeStamp)];
            lost = Replicas()
                .Any(e =>
                    e.Snapshot.EnvironmentVariables.Count(variable => variable.Name.StartsWith("VARIABLE_", StringComparison.Ordinal))
                    < Variables
                );
            await Task.WhenAll(
                Replicas().Select(e => app.ResourceCommands.ExecuteCommandAsync(e.ResourceId, KnownResourceCommands.StartCommand, Token))
            );
        }

        Assert.Equal(!takeTurns, lost);
        await app.StopAsync(Token);

        bool HasEndedAgain(ResourceEvent replica) =>
            KnownResourceStates.TerminalStates.Contains(replica.Snapshot.State?.Text) && !seen.Contains(replica.Snapshot.StartTimeStamp);

        IReadOnlyList<ResourceEvent> Replicas() => [.. history.Latest("migrator").Where(e => !e.Snapshot.IsHidden)];
    }

    // The orchestrator's place is in the AppHost's assembly.
    private static IDistributedApplicationBuilder Create()
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                AssemblyName = "AppHost",
                DisableDashboard = true,
                Args = ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4317"],
            }
        );
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }

    private sealed class StartedLate(ResourceNotificationService notifications) : IHostedService
    {
        public bool HadResources { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            HadResources =
                notifications.TryGetCurrentState("migrator", out _)
                || notifications.WaitForResourceAsync("migrator", _ => true, cancellationToken).IsCompleted;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
