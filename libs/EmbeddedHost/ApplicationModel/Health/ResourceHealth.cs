using System.Collections.Immutable;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Runs the health checks of running resources, and tells when a resource has become ready. A check runs as soon as the resource does, is repeated quickly
/// until it passes, and at leisure from then on.
/// </summary>
internal sealed class ResourceHealth(
    ResourceNotificationService notifications,
    HealthCheckService checks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time,
    ILogger<ResourceHealth> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPauseUntilHealthy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseWhileHealthy = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, CancellationTokenSource> _monitored = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                Follow(change, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    private void Follow(ResourceEvent change, CancellationToken stoppingToken)
    {
        var isRunning = change.Snapshot.State?.Text == KnownResourceStates.Running;
        if (isRunning && !_monitored.ContainsKey(change.ResourceId))
        {
            var monitor = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            _monitored[change.ResourceId] = monitor;
            _ = Task.Run(() => MonitorAsync(change, monitor.Token), monitor.Token);
        }
        else if (!isRunning && _monitored.Remove(change.ResourceId, out var monitor))
        {
            monitor.Cancel();
            monitor.Dispose();
        }
    }

    private async Task MonitorAsync(ResourceEvent started, CancellationToken cancellationToken)
    {
        var keys = started.Resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet();
        var pause = FirstPause;
        var wasReady = false;
        try
        {
            while (true)
            {
                var isHealthy = keys.Count == 0 || await CheckAsync(started, keys, cancellationToken).ConfigureAwait(false);
                if (isHealthy && !wasReady)
                {
                    wasReady = true;
                    await TellReadyAsync(started, cancellationToken).ConfigureAwait(false);
                }

                if (keys.Count == 0)
                {
                    return;
                }

                pause = wasReady && isHealthy ? PauseWhileHealthy
                    : pause >= LongestPauseUntilHealthy ? LongestPauseUntilHealthy
                    : pause * 1.5;
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
                pause = isHealthy ? FirstPause : pause;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The instance has ended, or the application stops.
        }
        catch (Exception e)
        {
            logger.LogError(e, "The health of '{Instance}' can't be checked.", started.ResourceId);
        }
    }

    private async Task<bool> CheckAsync(ResourceEvent started, HashSet<string> keys, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow().UtcDateTime;
        ImmutableArray<HealthReportSnapshot> results =
            [.. keys.Order(StringComparer.Ordinal).Select(key => report.Entries.TryGetValue(key, out var entry)
                ? new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.Message) { LastRunAt = now }
                : new HealthReportSnapshot(key, HealthStatus.Unhealthy, "The check is not registered.", null) { LastRunAt = now })];

        await notifications.PublishUpdateAsync(started.Resource, started.ResourceId, s => cancellationToken.IsCancellationRequested || Same(s.HealthReports, results)
            ? s
            : s with { HealthReports = results }).ConfigureAwait(false);
        return results.All(result => result.Status == HealthStatus.Healthy);
    }

    private async Task TellReadyAsync(ResourceEvent started, CancellationToken cancellationToken)
    {
        var handling = eventing.PublishAsync(new ResourceReadyEvent(started.Resource, services), cancellationToken);
        try
        {
            await handling.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError("What was to be done when '{Resource}' is ready has failed: {Reason}", started.Resource.Name, e.Message);
        }

        await notifications.PublishUpdateAsync(started.Resource, started.ResourceId, s => s.Run == started.Snapshot.Run ? s with { Ready = handling } : s).ConfigureAwait(false);
    }

    // When a check last ran is no news while it says the same.
    private static bool Same(ImmutableArray<HealthReportSnapshot> before, ImmutableArray<HealthReportSnapshot> after) =>
        before.Select(r => r with { LastRunAt = null }).SequenceEqual(after.Select(r => r with { LastRunAt = null }));
}
