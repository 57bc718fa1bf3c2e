using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Stopping;

/// <summary>
/// Stops a resource when everything that waits for it has stopped. Aspire 13.6 leaves the end of a run to its orchestrator, which ends everything at once and after the
/// AppHost. Of what is hosted this is the last to start, and so the first to stop.
/// </summary>
internal sealed class OrderedStop(DistributedApplicationModel model, ResourceNotificationService notifications, ResourceCommandService commands) : BackgroundService
{
    // It is told of the others to the end.
    private const string Dashboard = "aspire-dashboard";

    private readonly ConcurrentDictionary<string, ResourceEvent> _known = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
        {
            _known[change.ResourceId] = change;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        List<IResource> left = [.. model.Resources.Where(resource => resource is ExecutableResource or ProjectResource && resource.Name != Dashboard)];
        while (left.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            var wave = left.Where(resource => !left.Exists(other => other != resource && Needs(other, resource))).ToList();
            if (wave.Count == 0)
            {
                // They wait for each other.
                wave = [.. left];
            }

            Task stops = Task.WhenAll(wave.SelectMany(Running).Select(id => commands.ExecuteCommandAsync(id, KnownResourceCommands.StopCommand, cancellationToken)));
            await stops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            left.RemoveAll(wave.Contains);
        }
    }

    private static bool Needs(IResource resource, IResource needed) =>
        resource.Annotations.OfType<WaitAnnotation>().Any(wait => Root(wait.Resource).Name == needed.Name);

    private static IResource Root(IResource resource) => resource is IResourceWithParent { Parent: var parent } ? Root(parent) : resource;

    private IEnumerable<string> Running(IResource resource) => _known.Values
        .Where(known => known.Resource == resource && known.Snapshot.State?.Text == KnownResourceStates.Running)
        .Select(known => known.ResourceId);
}
