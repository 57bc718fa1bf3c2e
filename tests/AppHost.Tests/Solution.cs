using AspireDeploy.Engines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AppHost.Tests;

/// <summary>
/// The solution, run from its own AppHost: real DCP, PostgreSQL, Garnet and programs, on free ports and with data of its own.
/// </summary>
public sealed class Solution : IAsyncDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(3);

    private readonly IDistributedApplicationTestingBuilder _builder;

    private Solution(IDistributedApplicationTestingBuilder builder, DistributedApplication app)
    {
        _builder = builder;
        App = app;
        History = new(app.ResourceNotifications);
    }

    /// <summary>Gets the running application.</summary>
    public DistributedApplication App { get; }

    /// <summary>Gets what has been told of its resources, in order.</summary>
    public History History { get; }

    /// <summary>Starts it; returns when every resource is on its way.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="dashboard">Whether it has its dashboard.</param>
    /// <param name="declare">Adds to what the AppHost declares, or breaks it.</param>
    public static async Task<Solution> StartAsync(
        CancellationToken cancellationToken,
        bool dashboard = false,
        Action<IDistributedApplicationTestingBuilder>? declare = null
    )
    {
        await SolutionTools.RequireAsync(cancellationToken);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [],
            (options, _) => options.DisableDashboard = !dashboard,
            cancellationToken
        );
        try
        {
            builder.Services.AddLogging(logging => logging.ClearProviders());
            // Where there is no dashboard a failed dependency is final, as nobody could start it again; these tests do.
            builder.Services.Configure<ResourceNotificationServiceOptions>(options =>
                options.DefaultWaitBehavior = WaitBehavior.WaitOnResourceUnavailable
            );
            declare?.Invoke(builder);
            var app = await builder.BuildAsync(cancellationToken);
            var solution = new Solution(builder, app);
            await app.StartAsync(cancellationToken);
            return solution;
        }
        catch
        {
            await builder.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gets the dashboard's address, with the token that logs in.</summary>
    public string DashboardLogin =>
        $"{App.GetEndpoint("aspire-dashboard")}login?t={App.Services.GetRequiredService<IConfiguration>()["AppHost:BrowserToken"]}";

    /// <summary>
    /// Returns a client whose every request takes a new connection, as DCP spreads connections, not requests, over the replicas.
    /// </summary>
    public HttpClient NewConnections(string resource)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false };
        return new HttpClient(handler) { BaseAddress = App.GetEndpoint(resource), Timeout = Generous };
    }

    /// <summary>
    /// Returns what is known now of each instance of a resource. Those that are hidden are only there to be started on request.
    /// </summary>
    public IReadOnlyList<ResourceEvent> Instances(string resource) => [.. History.Latest(resource).Where(e => !e.Snapshot.IsHidden)];

    /// <summary>Waits until every instance of a resource is as wanted at the same time.</summary>
    /// <exception cref="TimeoutException">They never were; the message says what they are.</exception>
    public async Task<IReadOnlyList<ResourceEvent>> UntilAsync(
        string resource,
        Func<CustomResourceSnapshot, bool> condition,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Generous);
        try
        {
            await History.UntilAsync(() => Instances(resource) is { Count: > 0 } all && all.All(e => condition(e.Snapshot)), limit.Token);
            return Instances(resource);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                string.Join(
                    ' ',
                    Instances(resource)
                        .Select(e =>
                            $"{e.ResourceId} is {e.Snapshot.State?.Text}, {e.Snapshot.HealthStatus}, exit code {e.Snapshot.ExitCode}."
                        )
                )
                    + Environment.NewLine
                    + await LogAsync(resource, CancellationToken.None)
            );
        }
    }

    /// <summary>Waits until every instance of a resource is in a state.</summary>
    public Task<IReadOnlyList<ResourceEvent>> UntilAsync(string resource, string state, CancellationToken cancellationToken) =>
        UntilAsync(resource, snapshot => snapshot.State?.Text == state, cancellationToken);

    /// <summary>Waits until every instance of a resource runs and is healthy.</summary>
    public Task<IReadOnlyList<ResourceEvent>> UntilHealthyAsync(string resource, CancellationToken cancellationToken) =>
        UntilAsync(
            resource,
            snapshot => snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy,
            cancellationToken
        );

    /// <summary>Runs a command of a resource, or of one replica, and expects it to succeed.</summary>
    public async Task CommandAsync(string name, string command, CancellationToken cancellationToken, params InteractionInput[] arguments)
    {
        var resource = App
            .Services.GetRequiredService<DistributedApplicationModel>()
            .Resources.FirstOrDefault(resource => resource.Name == name);
        var given = new InteractionInputCollection(arguments);
        var result = await (
            resource is null
                ? App.ResourceCommands.ExecuteCommandAsync(name, command, given, cancellationToken)
                : App.ResourceCommands.ExecuteCommandAsync(resource, command, given, cancellationToken)
        );
        Assert.True(result.Success, result.Message);
    }

    /// <summary>Returns what the console log of a resource has now.</summary>
    public async Task<string> LogAsync(string resource, CancellationToken cancellationToken)
    {
        var text = new List<string>();
        var logs = App.Services.GetRequiredService<ResourceLoggerService>();
        foreach (var instance in Instances(resource).Select(e => e.ResourceId))
        {
            await foreach (var lines in logs.GetAllAsync(instance).WithCancellation(cancellationToken))
            {
                text.AddRange(lines.Select(line => line.Content));
            }
        }

        return string.Join('\n', text);
    }

    /// <summary>Stops it; nothing of it is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _builder.DisposeAsync();
        await History.DisposeAsync();
    }
}
