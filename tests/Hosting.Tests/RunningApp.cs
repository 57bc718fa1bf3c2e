using System.Collections.Concurrent;
using AspireDeploy.Engines;
using AspireDeploy.Workload;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Hosting.Tests;

/// <summary>
/// An application of a test's own on Aspire's host: real DCP, PostgreSQL and Garnet, on free ports and with data of its own.
/// </summary>
public sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(5);

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DataFolder? _ownData;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<ResourceEvent> _told = new();
    private readonly Task _listening;
    private Task _starting = Task.CompletedTask;

    private RunningApp(IDistributedApplicationTestingBuilder builder, DistributedApplication app, DataFolder? ownData)
    {
        _builder = builder;
        _ownData = ownData;
        App = app;
        _listening = ListenAsync();
    }

    /// <summary>Gets the running application.</summary>
    public DistributedApplication App { get; }

    /// <summary>Gets everything that was told of its resources, in order.</summary>
    public IReadOnlyList<ResourceEvent> Events => [.. _told];

    /// <summary>Builds an application, which isn't started.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> DeclareAsync(
        Action<IDistributedApplicationTestingBuilder> declare,
        CancellationToken cancellationToken,
        params string[] arguments
    )
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SmallAppHosts>(
            ["empty", .. arguments],
            (options, _) => options.DisableDashboard = true,
            cancellationToken
        );
        builder.Services.AddLogging(logging => logging.ClearProviders());
        // The orchestrator makes a key at every start otherwise, which takes minutes of a busy machine.
        builder.WithFastStart(measures =>
        {
            (measures.StartBuiltProjects, measures.AskHealthPromptly, measures.OmitUnusedTelemetry) = (false, false, false);
        });
        declare(builder);
        return builder;
    }

    /// <summary>Starts one; returns when every resource is on its way.</summary>
    public static async Task<RunningApp> StartAsync(
        Action<IDistributedApplicationTestingBuilder> declare,
        CancellationToken cancellationToken,
        DataFolder? data = null,
        params string[] arguments
    )
    {
        await SolutionTools.RequireAsync(cancellationToken);
        var own = data is null ? new DataFolder() : null;
        var builder = await DeclareAsync(declare, cancellationToken, arguments);
        builder.Configuration["ASPIREDEPLOY_DATA"] = (data ?? own)!.Path;
        var app = await builder.BuildAsync(cancellationToken);
        var running = new RunningApp(builder, app, own);
        // Not awaited: what waits for a server that never starts would hold it up.
        running._starting = app.StartAsync(cancellationToken);
        await UntilAsync(() => running.Events.Count > 0, () => $"Nothing was ever told of it. {running._starting.Exception?.Message}");
        return running;
    }

    /// <summary>Returns what was told last of a resource; null if nothing was.</summary>
    public CustomResourceSnapshot? Latest(string resource) => Events.LastOrDefault(told => told.Resource.Name == resource)?.Snapshot;

    /// <summary>Waits until a resource is in a state.</summary>
    public Task UntilAsync(string resource, string state) => UntilAsync(resource, snapshot => snapshot.State?.Text == state);

    /// <summary>Waits until a resource is as wanted.</summary>
    public async Task UntilAsync(string resource, Func<CustomResourceSnapshot, bool> condition)
    {
        try
        {
            await UntilAsync(
                () => Latest(resource) is { } latest && condition(latest),
                () => $"{resource} is {Latest(resource)?.State?.Text}."
            );
        }
        catch (TimeoutException never)
        {
            throw new TimeoutException($"{never.Message}\n{string.Join('\n', await LogAsync(resource))}");
        }
    }

    /// <summary>Waits until a resource runs and is healthy.</summary>
    public Task UntilHealthyAsync(string resource) =>
        UntilAsync(resource, snapshot => snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);

    /// <summary>Waits until the log of a resource has a line.</summary>
    public async Task<string> UntilLogHasAsync(string resource, string text)
    {
        var found = "";
        await Until.TrueAsync(
            async () =>
                (found = (await LogAsync(resource)).FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) ?? "") != "",
            Generous,
            () => $"The log of {resource} never had '{text}'.",
            TestContext.Current.CancellationToken
        );
        return found;
    }

    /// <summary>Runs a command of a resource and expects it to succeed.</summary>
    public async Task CommandAsync(string resource, string command)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(resource, command, TestContext.Current.CancellationToken);
        Assert.True(result.Success, result.Message);
    }

    /// <summary>Returns the lines of the console log of a resource, without the time that Aspire writes before them.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string resource)
    {
        var text = new List<string>();
        var logs = App.Services.GetRequiredService<ResourceLoggerService>();
        foreach (var instance in Events.Where(told => told.Resource.Name == resource).Select(told => told.ResourceId).Distinct())
        {
            await foreach (var lines in logs.GetAllAsync(instance).WithCancellation(TestContext.Current.CancellationToken))
            {
                text.AddRange(lines.SelectMany(line => line.Content.Split('\n')));
            }
        }

        return text;
    }

    /// <summary>Returns how to reach a resource.</summary>
    public async Task<string> ConnectionStringAsync(string resource)
    {
        var model = App.Services.GetRequiredService<DistributedApplicationModel>();
        var connected = (IResourceWithConnectionString)model.Resources.Single(other => other.Name == resource);
        return (await connected.GetConnectionStringAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Stops it; nothing of it is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        await _starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _ending.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
        await _builder.DisposeAsync();
        _ownData?.Dispose();
    }

    private static Task UntilAsync(Func<bool> condition, Func<string> otherwise) =>
        Until.TrueAsync(() => Task.FromResult(condition()), Generous, otherwise, TestContext.Current.CancellationToken);

    private async Task ListenAsync()
    {
        await foreach (var told in App.ResourceNotifications.WatchAsync(_ending.Token))
        {
            _told.Enqueue(told);
        }
    }
}
