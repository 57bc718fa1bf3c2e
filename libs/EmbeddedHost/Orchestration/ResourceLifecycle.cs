using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Starts and stops the instances of one resource. A start first waits for what the resource waits for; where that has failed, the reason stands on the
/// resource, and the start goes on by itself once the dependency has been started again.
/// </summary>
internal sealed class ResourceLifecycle(
    IResource resource,
    IReadOnlyList<Instance> instances,
    IEngine engine,
    DependencyWait dependencies,
    ResourceNotificationService notifications,
    ILogger logger,
    IDistributedApplicationEventing eventing,
    IServiceProvider services) : IDisposable
{
    private readonly Dictionary<Instance, CancellationTokenSource> _starting = [];

    public IResource Resource => resource;

    public IReadOnlyList<Instance> Instances => instances;

    private bool IsExplicit => resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    /// <summary>Starts every instance, unless the resource is only started on request; returns when they have been created.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (IsExplicit)
        {
            await Task.WhenAll(instances.Select(instance => PublishAsync(instance, s => s with { State = KnownResourceStates.NotStarted }))).ConfigureAwait(false);
            return;
        }

        var announcement = Announcement(cancellationToken);
        await Task.WhenAll(instances.Select(instance => StartAsync(instance, waits: true, announcement, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>
    /// Starts one instance on a person's request. One that waits is started without waiting any longer; one whose dependency has failed waits again,
    /// as a failed step keeps what needs it from starting.
    /// </summary>
    /// <exception cref="DistributedApplicationException">A dependency has failed. The start goes on by itself once that has been mended.</exception>
    public Task StartAsync(Instance instance, CancellationToken cancellationToken)
    {
        var isWaiting = notifications.TryGetCurrentState(instance.Name, out var current) && current.Snapshot.State?.Text == KnownResourceStates.Waiting;
        CancelStart(instance);
        var start = StartAsync(instance, waits: !isWaiting, Announcement(cancellationToken), cancellationToken);
        return !isWaiting && notifications.DependencyFailure(resource) is { } failure
            ? throw new DistributedApplicationException($"'{resource.Name}' can't start yet: {failure}.")
            : start;
    }

    /// <summary>Stops one instance; returns when it has ended.</summary>
    public async Task StopAsync(Instance instance, CancellationToken cancellationToken)
    {
        CancelStart(instance);
        await instance.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (instance.IsRunning)
            {
                await PublishAsync(instance, s => s with { State = KnownResourceStates.Stopping }).ConfigureAwait(false);
                await engine.StopAsync(instance, cancellationToken).ConfigureAwait(false);
                await instance.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (notifications.TryGetCurrentState(instance.Name, out var current) && !DependencyState.IsTerminal(current.Snapshot))
            {
                await PublishAsync(instance, s => s with { State = KnownResourceStates.NotStarted }).ConfigureAwait(false);
            }
        }
        finally
        {
            instance.Gate.Release();
        }
    }

    /// <summary>Stops one instance and starts it again.</summary>
    public async Task RestartAsync(Instance instance, CancellationToken cancellationToken)
    {
        await StopAsync(instance, cancellationToken).ConfigureAwait(false);
        await StartAsync(instance, waits: true, Announcement(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var instance in instances)
        {
            instance.Dispose();
        }
    }

    /// <summary>Tells, once for all instances that start together, that they are about to.</summary>
    private Lazy<Task> Announcement(CancellationToken cancellationToken) =>
        new(() => eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken));

    private async Task StartAsync(Instance instance, bool waits, Lazy<Task> announcement, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_starting)
        {
            _starting[instance] = attempt;
        }

        try
        {
            if (waits)
            {
                await dependencies.WaitAsync(instance, logger, attempt.Token).ConfigureAwait(false);
            }

            await CreateAsync(instance, announcement, attempt.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (attempt.IsCancellationRequested)
        {
            // Stopped, or started anyway, while it waited.
        }
        catch (Exception e)
        {
            await FailAsync(instance, e).ConfigureAwait(false);
        }
        finally
        {
            lock (_starting)
            {
                if (_starting.GetValueOrDefault(instance) == attempt)
                {
                    _starting.Remove(instance);
                }
            }
        }
    }

    private async Task CreateAsync(Instance instance, Lazy<Task> announcement, CancellationToken cancellationToken)
    {
        await instance.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!instance.IsRunning)
            {
                await PublishAsync(instance, s => s with
                {
                    State = KnownResourceStates.Starting,
                    ExitCode = null,
                    StopTimeStamp = null,
                }).ConfigureAwait(false);
                await announcement.Value.ConfigureAwait(false);
                await engine.StartAsync(instance, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            instance.Gate.Release();
        }
    }

    private void CancelStart(Instance instance)
    {
        lock (_starting)
        {
            if (_starting.Remove(instance, out var attempt))
            {
                attempt.Cancel();
            }
        }
    }

    private async Task FailAsync(Instance instance, Exception e)
    {
        if (e is DistributedApplicationException)
        {
            logger.LogError("{Reason}", e.Message);
        }
        else
        {
            logger.LogError(e, "'{Instance}' could not be started.", instance.Name);
        }

        instance.MarkEnded()?.SetResult();
        await PublishAsync(instance, s => (s with
        {
            State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
        }).WithProperty(KnownResourceProperties.Reason, e.Message)).ConfigureAwait(false);
    }

    private Task PublishAsync(Instance instance, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.PublishUpdateAsync(resource, instance.Name, change);
}
