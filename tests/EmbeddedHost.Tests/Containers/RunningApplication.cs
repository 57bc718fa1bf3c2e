using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using AspireDeploy.Engines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Containers;

/// <summary>An application on the real DCP, declared by a test.</summary>
internal sealed class RunningApplication : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly DistributedApplication _application;

    private RunningApplication(DistributedApplication application) => _application = application;

    public ResourceNotificationService Notifications => _application.Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>A builder of an application without a dashboard. Isolated, unless the test gives it a directory to be found again by.</summary>
    public static DistributedApplicationBuilder Builder(string? directory = null, params string[] args)
    {
        if (new DcpSettings(new ConfigurationBuilder().Build()).Search().Error is { } missing)
        {
            Engine.Missing(missing);
        }

        var builder = new DistributedApplicationBuilder(new DistributedApplicationOptions
        {
            Args = directory is null ? ["--isolated", .. args] : args,
            DisableDashboard = true,
            ProjectDirectory = directory ?? AppContext.BaseDirectory,
        });
        if (directory is not null)
        {
            builder.Configuration["ASPIREDEPLOY_DATA"] = directory;
        }

        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        return builder;
    }

    public static async Task<RunningApplication> StartAsync(DistributedApplicationBuilder builder)
    {
        var application = new RunningApplication(builder.Build());
        try
        {
            await application._application.StartAsync(TestContext.Current.CancellationToken);
            return application;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until a resource is as wanted; what it was last is told if it never is.</summary>
    public async Task<CustomResourceSnapshot> UntilAsync(string resource, Func<CustomResourceSnapshot, bool> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        CustomResourceSnapshot? last = null;
        try
        {
            return (await Notifications.WaitForResourceAsync(resource, e => holds(last = e.Snapshot), limit.Token)).Snapshot;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"'{resource}' is {last?.State?.Text} ({last?.HealthStatus}, exit code {last?.ExitCode}): {last?.Reason()}");
        }
    }

    public Task<CustomResourceSnapshot> UntilAsync(string resource, string state) => UntilAsync(resource, s => s.State?.Text == state);

    public Task UntilHealthyAsync(string resource) => UntilAsync(resource, s => s.State?.Text == KnownResourceStates.Running && s.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);

    /// <summary>Waits for a line on a resource's console.</summary>
    public async Task UntilSaysAsync(string resource, string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var declared = _application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(candidate => candidate.Name == resource);
        var said = new List<string>();
        try
        {
            await foreach (var lines in _application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(declared).WithCancellation(limit.Token))
            {
                said.AddRange(lines.Select(line => line.Content));
                if (said.Any(line => line.Contains(text, StringComparison.Ordinal)))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
        }

        throw new TimeoutException($"'{resource}' has not said '{text}' but: {string.Join(Environment.NewLine, said)}");
    }

    public async Task CommandAsync(string resource, string command)
    {
        var outcome = await _application.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, command, TestContext.Current.CancellationToken);
        Assert.True(outcome.Success, outcome.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }
}
