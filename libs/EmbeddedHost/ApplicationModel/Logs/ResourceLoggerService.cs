using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console logs of resources: what their processes write, and what the host writes on their behalf. Of each the latest 10,000 lines are kept, also once it has stopped.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _disposing = new();
    private ImmutableArray<ChannelWriter<LogSubscriber>> _subscriberWatchers = [];

    /// <summary>The clock that lines are stamped by.</summary>
    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets a logger that writes to the console logs of all instances of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The logger. What it writes as an error or worse counts as written to the standard error stream.</returns>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceLogger(() => resource.InstanceIds().Select(Log), TimeProvider);
    }

    /// <summary>Gets a logger that writes to the console log of an instance.</summary>
    /// <param name="resourceName">The instance's id.</param>
    /// <returns>The logger. What it writes as an error or worse counts as written to the standard error stream.</returns>
    public ILogger GetLogger(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return new ResourceLogger(() => [Log(resourceName)], TimeProvider);
    }

    /// <summary>Reads the console logs of all instances of a resource: what they have, and then what is added, until they are complete.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Batches of lines, each in the order of their timestamps.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Merge([.. resource.InstanceIds().Select(id => WatchAsync(id))]);
    }

    /// <summary>Reads the console log of an instance: what it has, and then what is added, until it is complete.</summary>
    /// <param name="resourceName">The instance's id.</param>
    /// <returns>Batches of lines, each in the order of their timestamps.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return Watch(resourceName);

        async IAsyncEnumerable<IReadOnlyList<LogLine>> Watch(string id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var number = 0;
            await foreach (var lines in Log(id).WatchAsync(cancellationToken))
                yield return Number(lines, ref number);
        }
    }

    /// <summary>Reads what the console logs of all instances of a resource have now.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Batches of lines, each in the order of their timestamps.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Merge([.. resource.InstanceIds().Select(id => GetAllAsync(id))]);
    }

    /// <summary>Reads what the console log of an instance has now.</summary>
    /// <param name="resourceName">The instance's id.</param>
    /// <returns>A batch of lines in the order of their timestamps; none if there are no lines.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return GetAll(resourceName);

        async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAll(string id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var number = 0;
            if (_logs.TryGetValue(id, out var log) && await log.GetAllAsync(cancellationToken) is { Count: > 0 } lines)
                yield return Number(lines, ref number);
        }
    }

    /// <summary>Tells for each console log when its first watcher comes and when its last one goes.</summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>First the logs that are watched now, then every change.</returns>
    public async IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        var changes = Channel.CreateUnbounded<LogSubscriber>();
        ImmutableInterlocked.Update(ref _subscriberWatchers, static (all, one) => all.Add(one), changes.Writer);
        try
        {
            foreach (var log in _logs.Values)
                log.ReportWatched();

            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            await foreach (var change in changes.Reader.ReadAllAsync(ending.Token))
                if (change.AnySubscribers ? seen.Add(change.Name) : seen.Remove(change.Name))
                    yield return change;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _subscriberWatchers, static (all, one) => all.Remove(one), changes.Writer);
        }
    }

    /// <summary>Says that nothing more comes for the instances of a resource: those who read their logs reach the end.</summary>
    /// <param name="resource">The resource.</param>
    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var id in resource.InstanceIds())
            Complete(id);
    }

    /// <summary>Says that nothing more comes for an instance: those who read its log reach the end.</summary>
    /// <param name="name">The instance's id.</param>
    public void Complete(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Log(name).Complete();
    }

    /// <summary>Forgets the lines that an instance's console log has.</summary>
    /// <param name="resourceName">The instance's id.</param>
    public void ClearBacklog(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        if (_logs.TryGetValue(resourceName, out var log))
            log.Clear();
    }

    /// <summary>Completes all console logs.</summary>
    public void Dispose()
    {
        _disposing.Cancel();
        foreach (var log in _logs.Values)
            log.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="ResourceLog.Attach" />
    internal IAsyncDisposable AttachSource(string resourceId, IConsoleLogSource source) => Log(resourceId).Attach(source);

    private ResourceLog Log(string id) => _logs.GetOrAdd(id, static (id, service) => new ResourceLog(service.TimeProvider, any =>
    {
        foreach (var watcher in service._subscriberWatchers)
            watcher.TryWrite(new LogSubscriber(id, any));
    }), this);

    private static LogLine[] Number(IReadOnlyList<ConsoleLine> lines, ref int number)
    {
        var numbered = new LogLine[lines.Count];
        for (var i = 0; i < numbered.Length; i++)
        {
            var line = lines[i];
            var content = line.Timestamp is { } time ? $"{time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffffffK", CultureInfo.InvariantCulture)} {line.Content}" : line.Content;
            numbered[i] = new LogLine(++number, content, line.IsError);
        }

        return numbered;
    }

    private static async IAsyncEnumerable<IReadOnlyList<LogLine>> Merge(
        IReadOnlyList<IAsyncEnumerable<IReadOnlyList<LogLine>>> streams, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var merged = Channel.CreateBounded<IReadOnlyList<LogLine>>(streams.Count);
        var readers = Task.WhenAll(streams.Select(async stream =>
        {
            await foreach (var lines in stream.WithCancellation(ending.Token))
                await merged.Writer.WriteAsync(lines, ending.Token);
        }));
        _ = readers.ContinueWith(all => merged.Writer.TryComplete(all.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        try
        {
            var number = 0;
            await foreach (var lines in merged.Reader.ReadAllAsync(cancellationToken))
                yield return [.. lines.Select(line => line with { LineNumber = ++number })];
        }
        finally
        {
            await ending.CancelAsync();
            await readers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
