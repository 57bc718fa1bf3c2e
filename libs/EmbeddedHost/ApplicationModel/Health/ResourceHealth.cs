using System.Collections.Immutable;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Runs the health checks of running instances, and tells when a resource has become ready. An instance is checked as soon as it runs, again and again until it is
/// healthy, and at leisure from then on. What was found is published when it changes, and otherwise every half a minute, so that a person sees that it is still checked.
/// </summary>
internal sealed class ResourceHealth(
    ResourceNotificationService notifications,
    HealthCheckService checks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time,
    ILogger<ResourceHealth> logger) : BackgroundService
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Monitored> _monitored = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var update in notifications.WatchAsync(stoppingToken))
                Follow(update, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private void Follow(ResourceEvent update, CancellationToken stoppingToken)
    {
        var runs = update.Snapshot.State?.Text == KnownResourceStates.Running;
        if (_monitored.TryGetValue(update.ResourceId, out var known) && (!runs || known.Instance.Snapshot.Run != update.Snapshot.Run))
        {
            _monitored.Remove(update.ResourceId);
            known.Ending.Cancel();
            known.Ending.Dispose();
        }

        if (!runs || _monitored.ContainsKey(update.ResourceId))
            return;

        // Replicas that run at the same time are one start of the resource, and become ready by one event.
        var ready = _monitored.Values.FirstOrDefault(m => m.Instance.Resource == update.Resource)?.Ready
            ?? new Lazy<Task>(() => eventing.PublishAsync(new ResourceReadyEvent(update.Resource, services), stoppingToken));
        var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var monitored = new Monitored(update, ready, ending, ending.Token);
        _monitored.Add(update.ResourceId, monitored);
        _ = Task.Run(() => MonitorAsync(monitored), CancellationToken.None);
    }

    private async Task MonitorAsync(Monitored monitored)
    {
        CheckedInstance.Current = monitored.Instance.ResourceId;
        try
        {
            var keys = HealthCheckKeys.Of(monitored.Instance.Resource);
            if (keys.Count == 0)
            {
                await TellReadyAsync(monitored);
                return;
            }

            var unhealthySince = time.GetTimestamp();
            var (wasHealthy, wasReady) = (false, false);
            while (true)
            {
                var isHealthy = await CheckAsync(monitored, keys);
                if (isHealthy && !wasReady)
                {
                    wasReady = true;
                    _ = TellReadyAsync(monitored); // The handlers take their time; what they are told of is checked meanwhile.
                }

                if (wasHealthy && !isHealthy)
                    unhealthySince = time.GetTimestamp();
                wasHealthy = isHealthy;
                await Task.Delay(HealthCheckCadence.Next(isHealthy, time.GetElapsedTime(unhealthySince)), time, monitored.Ended);
            }
        }
        catch (OperationCanceledException) when (monitored.Ended.IsCancellationRequested)
        {
            // The run has ended, or the application stops.
        }
    }

    private async Task<bool> CheckAsync(Monitored monitored, IReadOnlyList<string> keys)
    {
        var found = await RunAsync(keys, monitored.Ended);
        var instance = monitored.Instance;
        await notifications.PublishUpdateAsync(instance.Resource, instance.ResourceId, s =>
        {
            // A check may come back after the run it was about.
            if (s.State?.Text != KnownResourceStates.Running || s.Run != instance.Snapshot.Run)
                return s;
            ImmutableArray<HealthReportSnapshot> reports = [.. s.HealthReports.Where(r => !keys.Contains(r.Name)), .. found];
            return IsNews(s.HealthReports, reports) ? s with { HealthReports = reports } : s;
        });
        return found.All(report => report.Status == HealthStatus.Healthy);
    }

    private async Task<HealthReportSnapshot[]> RunAsync(IReadOnlyList<string> keys, CancellationToken ended)
    {
        using var limit = new CancellationTokenSource(LongestCheck, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, limit.Token);
        try
        {
            var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), either.Token);
            return Reports(key => report.Entries.TryGetValue(key, out var entry)
                ? (entry.Status, entry.Description, entry.Exception?.Message)
                : (HealthStatus.Unhealthy, $"No health check is registered as '{key}'.", null));
        }
        catch (Exception) when (limit.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            return Reports(_ => (HealthStatus.Unhealthy, $"No answer within {LongestCheck.TotalSeconds:0} seconds.", null));
        }
        catch (Exception e) when (!ended.IsCancellationRequested)
        {
            return Reports(_ => (HealthStatus.Unhealthy, "The check could not be run.", e.Message));
        }

        HealthReportSnapshot[] Reports(Func<string, (HealthStatus Status, string? Description, string? Exception)> find)
        {
            var now = time.GetUtcNow().UtcDateTime;
            return [.. keys.Select(key => (Key: key, Found: find(key))).Select(r => new HealthReportSnapshot(r.Key, r.Found.Status, r.Found.Description, r.Found.Exception) { LastRunAt = now })];
        }
    }

    private async Task TellReadyAsync(Monitored monitored)
    {
        var handling = monitored.Ready.Value;
        await handling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var instance = monitored.Instance;
        if (handling.IsFaulted)
            logger.LogError("What was to be done once '{Resource}' is ready has failed: {Reason}", instance.Resource.Name, handling.Exception.InnerException?.Message);

        await notifications.PublishUpdateAsync(instance.Resource, instance.ResourceId, s =>
            s.State?.Text == KnownResourceStates.Running && s.Run == instance.Snapshot.Run ? s with { Ready = handling } : s);
    }

    private static bool IsNews(ImmutableArray<HealthReportSnapshot> before, ImmutableArray<HealthReportSnapshot> after)
        => !before.Select(Said).Order().SequenceEqual(after.Select(Said).Order())
        || after.Max(r => r.LastRunAt) - before.Max(r => r.LastRunAt) >= SignOfLife;

    private static (string, HealthStatus?, string?, string?) Said(HealthReportSnapshot report) => (report.Name, report.Status, report.Description, report.ExceptionText);

    /// <param name="Instance">The instance as it was when it began to run.</param>
    /// <param name="Ready">The handlers of the resource's readiness, once called for all instances of one start.</param>
    /// <param name="Ending">Cancelled when the run has ended.</param>
    /// <param name="Ended">Its token.</param>
    private sealed record Monitored(ResourceEvent Instance, Lazy<Task> Ready, CancellationTokenSource Ending, CancellationToken Ended);
}
