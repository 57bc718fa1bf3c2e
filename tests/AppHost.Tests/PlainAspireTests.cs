using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AppHost.Tests;

/// <summary>
/// Aspire by itself, where this repository adjusts it (docs/decisions/one-host.md). A test that fails with another version of Aspire says that an adjustment has become unnecessary.
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
        Assert.SkipWhen(certificates.Certificates is [{ Subject: "CN=localhost" }, ..], "This machine trusts a certificate for development.");

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
        await history.UntilAsync(() => history.Latest("migrator").Any(e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text)), Token);
        var ended = Assert.Single(history.Latest("migrator")).Snapshot;
        Assert.Equal("dotnet", Path.GetFileNameWithoutExtension(Convert.ToString(ended.Properties.Single(p => p.Name == "executable.path").Value, CultureInfo.InvariantCulture)));
        Assert.Contains(ended.EnvironmentVariables, variable => variable.Name == "OTEL_EXPORTER_OTLP_ENDPOINT");
        await app.StopAsync(Token);
    }

    // The orchestrator's place is in the AppHost's assembly.
    private static IDistributedApplicationBuilder Create()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { AssemblyName = "AppHost", DisableDashboard = true, Args = ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4317"] });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }

    private sealed class StartedLate(ResourceNotificationService notifications) : IHostedService
    {
        public bool HadResources { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            HadResources = notifications.TryGetCurrentState("migrator", out _) || notifications.WaitForResourceAsync("migrator", _ => true, cancellationToken).IsCompleted;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
