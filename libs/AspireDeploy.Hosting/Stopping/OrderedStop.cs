using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Stopping;

/// <summary>
/// Stops a resource when everything that waits for it has stopped, before anything that is hosted stops. Aspire 13.6 leaves the end of a
/// run to its orchestrator, which ends everything at once and after the AppHost.
/// </summary>
internal sealed class OrderedStop : IHostedLifecycleService, IDisposable
{
    // It is told of the others to the end.
    private const string Dashboard = "aspire-dashboard";

    private readonly DistributedApplicationModel _model;
    private readonly ResourceCommandService _commands;
    private readonly ILogger<OrderedStop> _logger;
    private readonly ConcurrentDictionary<string, ResourceEvent> _known = new();
    private readonly StopSignals _signals = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;
    private volatile bool _hasStarted;
    private int _stops;

    public OrderedStop(
        DistributedApplicationModel model,
        ResourceNotificationService notifications,
        ResourceCommandService commands,
        ILogger<OrderedStop> logger
    )
    {
        (_model, _commands, _logger) = (model, commands, logger);
        // Whoever is hosted is made before the orchestrator starts, and started long after: the order to stop may come first.
        _watching = WatchAsync(notifications);
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // The start lasts until every resource has been created, those that wait for others included.
        _signals.Listen(
            () => [.. _known.Values.Where(IsUp).Select(known => known.Snapshot)],
            () => _hasStarted ? Task.CompletedTask : StoppingAsync(CancellationToken.None)
        );
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _hasStarted = true;
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // An application under test is told to stop twice. The second time there is no orchestrator any more to pass it on to.
        if (Interlocked.Exchange(ref _stops, 1) != 0)
        {
            return;
        }

        var begun = Stopwatch.GetTimestamp();
        List<IResource> left =
        [
            .. _model.Resources.Where(resource =>
                resource is ExecutableResource or ProjectResource && resource.Name != Dashboard && Up(resource).Any()
            ),
        ];
        var waves = new List<IReadOnlyList<IResource>>();
        while (left.Count > 0)
        {
            IReadOnlyList<IResource> wave = [.. left.Where(resource => !left.Exists(other => other != resource && Needs(other, resource)))];
            // Where they wait for each other there is no order.
            waves.Add(wave.Count > 0 ? wave : [.. left]);
            left.RemoveAll(waves[^1].Contains);
        }

        var order = string.Join(", then ", waves.Select(wave => string.Join(" and ", wave.Select(resource => resource.Name))));
        _logger.LogInformation("Stopping{Order}. Ctrl+C again stops at once.", order.Length > 0 ? $" {order}" : "");
        foreach (var wave in waves.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            Task stops = Task.WhenAll(
                wave.SelectMany(Up)
                    .Select(instance =>
                        _commands.ExecuteCommandAsync(instance.ResourceId, KnownResourceCommands.StopCommand, cancellationToken)
                    )
            );
            await stops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _logger.LogInformation("Stopped after {Seconds:0.0} s.", Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _signals.Dispose();
        _ending.Dispose();
    }

    private async Task WatchAsync(ResourceNotificationService notifications)
    {
        await foreach (var change in notifications.WatchAsync(_ending.Token).ConfigureAwait(false))
        {
            _known[change.ResourceId] = change;
        }
    }

    private static bool Needs(IResource resource, IResource needed) => Needs(resource, needed, []);

    // Also by way of others, which may have finished: a job that waited for a database, and that a service waited for.
    private static bool Needs(IResource resource, IResource needed, HashSet<string> seen) =>
        seen.Add(resource.Name)
        && resource
            .Annotations.OfType<WaitAnnotation>()
            .Select(static wait => Root(wait.Resource))
            .Any(other => other.Name == needed.Name || Needs(other, needed, seen));

    private static IResource Root(IResource resource) => resource is IResourceWithParent { Parent: var parent } ? Root(parent) : resource;

    // One that starts may have a process already.
    private static bool IsUp(ResourceEvent known) =>
        known.Snapshot.State?.Text is { Length: > 0 } state
        && state != KnownResourceStates.NotStarted
        && state != KnownResourceStates.Waiting
        && !KnownResourceStates.TerminalStates.Contains(state);

    private IEnumerable<ResourceEvent> Up(IResource resource) => _known.Values.Where(known => known.Resource == resource && IsUp(known));
}
