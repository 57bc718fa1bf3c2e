using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Watches what DCP runs, and tells of it: states to notifications, console output to logs.</summary>
internal sealed class DcpObservation(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    InstanceSnapshot snapshots,
    Children children,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ILogger<DcpObservation> logger) : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<string, IAsyncDisposable> _logs = new();
    private readonly ConcurrentDictionary<string, Task> _ends = new();
    private Task _watching = Task.CompletedTask;

    public void Begin(DcpClient client, Func<string, Instance?> find) => _watching = Task.WhenAll(
        WatchAsync(client.WatchAsync<Executable>(_ending.Token), find, async (e, instance) => (await WithReasonAsync(client, e, instance).ConfigureAwait(false), InstanceSnapshot.HasEnded(e))),
        WatchAsync(client.WatchAsync<Container>(_ending.Token), find, (c, instance) =>
        {
            var hasEnded = InstanceSnapshot.HasEnded(c);
            if (hasEnded && c.Spec.Stop is true && _logs.TryRemove(c.Metadata.Name, out var log))
            {
                _ = RetireAsync(client, c.Metadata.Name, log);
            }

            return ValueTask.FromResult((snapshots.Of(c, instance), hasEnded));
        }));

    public void FollowLog<T>(DcpClient client, Instance instance, string objectName) where T : DcpObject, IDcpObject<T> =>
        _logs[objectName] = loggers.AttachSource(instance.Name, new Console<T>(client, objectName));

    public async Task EndAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _ending.Dispose();

    private async Task WatchAsync<T>(
        IAsyncEnumerable<T> changes, Func<string, Instance?> find, Func<T, Instance, ValueTask<(Func<CustomResourceSnapshot, CustomResourceSnapshot>, bool)>> describe)
        where T : DcpObject
    {
        try
        {
            await foreach (var change in changes.ConfigureAwait(false))
            {
                if (find(change.Metadata.Name) is not { } instance)
                {
                    continue;
                }

                try
                {
                    var (update, hasEnded) = await describe(change, instance).ConfigureAwait(false);
                    await TellAsync(instance, update, hasEnded).ConfigureAwait(false);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // One that can't be told of must not hide what becomes of the others.
                    logger.LogError(e, "What has become of '{Instance}' can't be told.", instance.Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
        catch (Exception e)
        {
            logger.LogError(e, "What DCP runs can't be watched any more.");
        }
    }

    /// <summary>
    /// Removes a container that was asked to stop and has, once its console has been read. DCP (0.25) would look at it again and again, as fast as it can, because it
    /// finds it on no network any more.
    /// </summary>
    private async Task RetireAsync(DcpClient client, string objectName, IAsyncDisposable log)
    {
        try
        {
            await log.DisposeAsync().ConfigureAwait(false);
            await client.DeleteAsync<Container>(objectName, _ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The application stops, and DCP removes it.
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Stopped container '{Container}' can't be removed.", objectName);
        }
    }

    private async ValueTask<Func<CustomResourceSnapshot, CustomResourceSnapshot>> WithReasonAsync(DcpClient client, Executable executable, Instance instance)
    {
        InstancePorts.Note(executable, instance);
        if (executable.Status is { State: ExecutableStates.Running, Pid: { } processId })
        {
            _ = _ends.GetOrAdd(executable.Metadata.Name, name => HastenEndAsync(client, name, (int)processId));
        }

        var update = snapshots.Of(executable, instance);
        if (executable.Status?.State != ExecutableStates.FailedToStart
            || await SystemLog.WhyNotStartedAsync(client, executable.Metadata.Name, _ending.Token).ConfigureAwait(false) is not { } reason)
        {
            return update;
        }

        var told = $"'{executable.Spec.ExecutablePath}' could not be started: {reason}.";
        return before => update(before).WithReason(told);
    }

    /// <summary>Has DCP tell of a process's end when it ends: what waits for the end would wait half a second longer.</summary>
    private async Task HastenEndAsync(DcpClient client, string objectName, int processId)
    {
        if (ProcessEnd.Of(processId) is not { } end)
        {
            return;
        }

        try
        {
            await end.WaitAsync(_ending.Token).ConfigureAwait(false);
            await client.LookAgainAsync<Executable>(objectName, _ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
        catch (Exception e) when (e is HttpRequestException or DistributedApplicationException)
        {
            logger.LogDebug(e, "DCP tells of the end of '{Executable}' in its own time.", objectName);
        }
    }

    private async Task TellAsync(Instance instance, Func<CustomResourceSnapshot, CustomResourceSnapshot> update, bool hasEnded)
    {
        // Whoever hears of the end may start it again at once, so it is noted before anybody hears.
        var ended = hasEnded ? instance.MarkEnded() : null;
        try
        {
            await notifications.PublishUpdateAsync(instance.Resource, instance.Name, update).ConfigureAwait(false);
        }
        finally
        {
            ended?.SetResult();
        }

        if (!notifications.TryGetCurrentState(instance.Name, out var now))
        {
            return;
        }

        foreach (var child in children.Of(instance.Resource))
        {
            await notifications.PublishUpdateAsync(child, s => s with
            {
                State = now.Snapshot.State,
                StartTimeStamp = now.Snapshot.StartTimeStamp,
                StopTimeStamp = now.Snapshot.StopTimeStamp,
            }).ConfigureAwait(false);
        }

        if (ended is not null)
        {
            await eventing.PublishAsync(
                new ResourceStoppedEvent(instance.Resource, services, now), EventDispatchBehavior.NonBlockingSequential, _ending.Token).ConfigureAwait(false);
        }
    }

    /// <summary>The console of one process or container; its errors to start are the engine's own.</summary>
    private sealed class Console<T>(DcpClient client, string objectName) : IConsoleLogSource where T : DcpObject, IDcpObject<T>
    {
        private static readonly string[] Sources = typeof(T) == typeof(Container) ? ["startup_stdout", "startup_stderr", "stdout", "stderr"] : ["stdout", "stderr"];

        public async IAsyncEnumerable<IReadOnlyList<ConsoleLine>> ReadAsync(bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var lines = System.Threading.Channels.Channel.CreateUnbounded<ConsoleLine>();
            var reading = Task.WhenAll(Sources.Select(source => CopyAsync(source, follow, lines.Writer, cancellationToken)));
            _ = reading.ContinueWith(done => lines.Writer.TryComplete(done.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            while (await lines.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var batch = new List<ConsoleLine>();
                while (lines.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }

        private async Task CopyAsync(string source, bool follow, System.Threading.Channels.ChannelWriter<ConsoleLine> lines, CancellationToken cancellationToken)
        {
            await foreach (var (moment, text) in client.ReadLogAsync<T>(objectName, source, follow, cancellationToken).ConfigureAwait(false))
            {
                await lines.WriteAsync(new(moment, text, source.EndsWith("stderr", StringComparison.Ordinal)), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
