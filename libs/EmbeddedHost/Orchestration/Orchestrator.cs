using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs the application: brings every resource up in its own time, and down in the reverse order of the waits.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    IEngine engine,
    DependencyWait dependencies,
    ResourceUrls urls,
    ValueResources values,
    Children children,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    ILogger<DistributedApplication> logger,
    IServiceProvider services) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, (ResourceLifecycle Lifecycle, Instance Instance)> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ResourceLifecycle> _lifecycles = [];
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Prepare();
        await PublishInitialStatesAsync(cancellationToken).ConfigureAwait(false);
        var allocated = engine.StartAsync([.. _lifecycles.Select(l => l.Resource)], Find, cancellationToken);
        _running = Task.WhenAll(_lifecycles.Select(lifecycle => RunAsync(lifecycle, allocated, _stopping.Token)));
        await allocated.ConfigureAwait(false);
        _running = Task.WhenAll(_running, values.RunAsync(_stopping.Token));
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var byResource = _lifecycles.ToDictionary(l => l.Resource);
        // What is declared to stay is left to DCP, which leaves it.
        var waves = StopOrder.Waves(byResource.Keys.Where(resource => !ContainerKeeping.IsPersistent(resource)));
        Tell(waves.Select(wave => wave.Where(resource => byResource[resource].Instances.Any(instance => instance.IsRunning))));
        try
        {
            foreach (var wave in waves)
            {
                await Task.WhenAll(wave.SelectMany(r => byResource[r].Instances.Select(i => byResource[r].StopAsync(i, cancellationToken)))).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Not everything has stopped in time; the rest is ended now.");
        }
        finally
        {
            await engine.StopAsync(nothingRuns: !_instances.Values.Any(i => i.Instance.IsRunning), CancellationToken.None).ConfigureAwait(false);
        }

        logger.LogInformation("Stopped after {Seconds:0.0} s.", Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    public void Dispose()
    {
        _lifecycles.ForEach(lifecycle => lifecycle.Dispose());
        _stopping.Dispose();
    }

    private void Tell(IEnumerable<IEnumerable<IResource>> waves)
    {
        var order = string.Join(", then ", waves
            .Select(wave => string.Join(" and ", wave.Where(resource => !IsHidden(resource)).Select(resource => resource.Name)))
            .Where(names => names.Length > 0));
        if (order.Length > 0)
        {
            logger.LogInformation("Stopping {Order}. Ctrl+C again stops at once.", order);
        }
    }

    private static bool IsHidden(IResource resource) => resource.Annotations.OfType<ResourceSnapshotAnnotation>().LastOrDefault()?.InitialSnapshot.IsHidden ?? false;

    private Instance? Find(string objectName) => _instances.Values.Select(i => i.Instance).FirstOrDefault(instance => instance.ObjectName == objectName);

    private void Prepare()
    {
        foreach (var resource in model.Resources.Where(engine.Runs))
        {
            var instances = InstanceNames.Of(resource).Select(name => new Instance(resource, name.Id, name.Index)).ToList();
            var lifecycle = new ResourceLifecycle(resource, instances, engine, dependencies, notifications, loggers.GetLogger(resource), eventing, services);
            _lifecycles.Add(lifecycle);
            instances.ForEach(instance => _instances[instance.Name] = (lifecycle, instance));
            LifecycleCommands.AddTo(
                resource,
                (name, token) => OnAsync(name, (l, i) => l.StartAsync(i, Linked(token))),
                (name, token) => OnAsync(name, (l, i) => l.StopAsync(i, token)),
                (name, token) => OnAsync(name, (l, i) => l.RestartAsync(i, Linked(token))));
        }
    }

    // A start outlives the click that asked for it, but not the application.
    private CancellationToken Linked(CancellationToken _) => _stopping.Token;

    private Task OnAsync(string name, Func<ResourceLifecycle, Instance, Task> act)
    {
        var matching = _instances.TryGetValue(name, out var one)
            ? [one]
            : _instances.Values.Where(i => StringComparer.OrdinalIgnoreCase.Equals(i.Instance.Resource.Name, name)).ToList();
        return Task.WhenAll(matching.Select(m => act(m.Lifecycle, m.Instance)));
    }

    private async Task PublishInitialStatesAsync(CancellationToken cancellationToken)
    {
        foreach (var resource in model.Resources)
        {
            foreach (var name in resource.InstanceIds())
            {
                await notifications.PublishUpdateAsync(resource, name, s => s).ConfigureAwait(false);
            }

            var initialize = new InitializeResourceEvent(resource, eventing, loggers, notifications, services);
            await eventing.PublishAsync(initialize, EventDispatchBehavior.NonBlockingConcurrent, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(ResourceLifecycle lifecycle, Task allocated, CancellationToken cancellationToken)
    {
        var resource = lifecycle.Resource;
        try
        {
            if (!engine.IsIndependent(resource))
            {
                await allocated.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), EventDispatchBehavior.NonBlockingConcurrent, cancellationToken).ConfigureAwait(false);
            var links = await urls.ResolveAsync(resource, cancellationToken).ConfigureAwait(false);
            foreach (var instance in lifecycle.Instances)
            {
                await notifications.PublishUpdateAsync(resource, instance.Name, s => s with { Urls = links }).ConfigureAwait(false);
            }

            foreach (var connectable in children.Of(resource).Prepend(resource).OfType<IResourceWithConnectionString>())
            {
                await eventing.PublishAsync(new ConnectionStringAvailableEvent(connectable, services), cancellationToken).ConfigureAwait(false);
            }

            await lifecycle.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops while this resource was on its way.
        }
        catch (Exception e) when (!allocated.IsFaulted)
        {
            loggers.GetLogger(resource).LogError(e, "'{Resource}' could not be run.", resource.Name);
        }
    }
}
