using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AspireDeploy.Workload;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Bench.Recovery;

/// <summary>The solution, run in this process from its own AppHost, with a program beside it that ends as soon as it is started.</summary>
internal sealed class Solution : IAsyncDisposable
{
    /// <summary>Gets the program that crashes. It is started on request.</summary>
    internal const string Crasher = "crasher";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _app;
    private readonly HttpClient _gateway;
    private readonly ConcurrentDictionary<string, ResourceEvent> _latest = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;

    private Solution(IDistributedApplicationTestingBuilder builder, DistributedApplication app)
    {
        (_builder, _app) = (builder, app);
        // Whose certificate it is makes no difference to how soon there is an answer.
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        };
        _gateway = new(handler) { BaseAddress = app.GetEndpoint("gateway", "https"), Timeout = Limit };
        _watching = WatchAsync();
    }

    /// <summary>Gets where the gateway serves.</summary>
    internal Uri Gateway => _gateway.BaseAddress!;

    internal static async Task<Solution> StartAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true"],
            (options, _) => options.DisableDashboard = false,
            cancellationToken
        );
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.AddExecutable(Crasher, "/bin/false", ".").WithRestartPolicy(RestartMode.Always).WithExplicitStart();
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        var solution = new Solution(builder, app);
        foreach (var resource in (string[])["api", "gateway"])
            await solution.UntilAsync(resource, IsHealthy, cancellationToken);
        return solution;
    }

    /// <summary>Returns what is known now of each instance of a resource: of those that are hidden, or of the others.</summary>
    internal IReadOnlyList<ResourceEvent> Instances(string resource, bool hidden = false) =>
        [
            .. _latest
                .Values.Where(instance => instance.Resource.Name == resource && instance.Snapshot.IsHidden == hidden)
                .OrderBy(instance => instance.ResourceId, StringComparer.Ordinal),
        ];

    /// <summary>Gets where the dashboard asks for the resources.</summary>
    internal Uri ResourceService =>
        new(
            Instances("aspire-dashboard", hidden: true)[0]
                .Snapshot.EnvironmentVariables.First(variable => variable.Name == "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL")
                .Value!
        );

    /// <summary>Returns what is known of each instance, and then what changes, without end.</summary>
    internal IAsyncEnumerable<ResourceEvent> WatchAsync(CancellationToken cancellationToken) =>
        _app.ResourceNotifications.WatchAsync(cancellationToken);

    internal Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) =>
        _gateway.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);

    internal Task CommandAsync(string resource, string command, CancellationToken cancellationToken) =>
        _app.ResourceCommands.ExecuteCommandAsync(resource, command, cancellationToken);

    internal Task UntilAsync(string resource, Func<ResourceEvent, bool> isAsWanted, CancellationToken cancellationToken) =>
        Until.TrueAsync(
            () => Task.FromResult(Instances(resource) is { Count: > 0 } instances && instances.All(isAsWanted)),
            Limit,
            () => $"'{resource}' doesn't become as it should.",
            cancellationToken
        );

    internal static bool IsHealthy(ResourceEvent instance) =>
        instance.Snapshot.HealthStatus == HealthStatus.Healthy && instance.Snapshot.State?.Text == KnownResourceStates.Running;

    internal static int PidOf(ResourceEvent instance) =>
        instance.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } pid
            ? Convert.ToInt32(pid, CultureInfo.InvariantCulture)
            : 0;

    internal static void Kill(ResourceEvent instance)
    {
        using var process = Process.GetProcessById(PidOf(instance));
        process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _ending.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
        await _builder.DisposeAsync();
    }

    private async Task WatchAsync()
    {
        await foreach (var update in WatchAsync(_ending.Token))
            _latest[update.ResourceId] = update;
    }
}
