using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console log of one instance: what loggers write, and what its processes write, run after run.</summary>
/// <param name="time">The clock.</param>
/// <param name="watched">Told when the first watcher comes and when the last one goes.</param>
internal sealed class ResourceLog(TimeProvider time, Action<bool> watched) : IDisposable
{
    /// <summary>How many lines are kept, and how many a watcher can be behind.</summary>
    public const int Capacity = 10_000;

    // The standard output and error streams arrive apart: what was written within this time is brought into order before a watcher sees it.
    private static readonly TimeSpan SortingTime = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _completed = new();
    private readonly ConsoleLineBuffer _backlog = new(Capacity);
    private readonly List<ConsoleLogReading> _readings = [];
    private readonly List<Watcher> _watchers = [];

    private bool IsCompleted => _completed.IsCancellationRequested;

    /// <summary>Adds lines, unless the log is complete.</summary>
    public void Add(IEnumerable<ConsoleLine> lines, IConsoleLogSource? source = null)
    {
        lock (_lock)
        {
            if (IsCompleted)
                return;
            foreach (var line in lines)
            {
                _backlog.Add(line, source);
                foreach (var watcher in _watchers)
                    watcher.Pending.Add(line);
            }

            foreach (var watcher in _watchers)
                watcher.Wake();
        }
    }

    /// <summary>
    /// Takes the lines of a run from a source. It is read once somebody watches, and then to its end whether or not somebody still does. Disposing the result reads
    /// what has not been read yet, for two seconds at most, and lets go of the source: call it before the source forgets its lines.
    /// </summary>
    public IAsyncDisposable Attach(IConsoleLogSource source)
    {
        lock (_lock)
        {
            var reading = new ConsoleLogReading(source, lines => Add(lines, source), time, IsCompleted ? new CancellationToken(true) : _completed.Token);
            _readings.Add(reading);
            reading.Detached = () =>
            {
                lock (_lock)
                    _readings.Remove(reading);
            };
            if (_watchers.Count > 0)
                reading.Follow();
            return reading;
        }
    }

    /// <summary>Tells whether somebody watches; no change of that is told meanwhile.</summary>
    public void ReportWatched()
    {
        lock (_lock)
            if (_watchers.Count > 0)
                watched(true);
    }

    /// <summary>All lines there are now.</summary>
    public async Task<IReadOnlyList<ConsoleLine>> GetAllAsync(CancellationToken cancellationToken)
    {
        IConsoleLogSource[] sources;
        lock (_lock)
            sources = [.. _readings.Where(r => !r.IsExhausted).Select(r => r.Source)];

        var all = new ConsoleLineBuffer(Capacity);
        var read = new List<IConsoleLogSource>();
        foreach (var source in sources)
            if (await TryReadAsync(source, cancellationToken) is { } lines)
            {
                lines.ForEach(line => all.Add(line));
                read.Add(source);
            }

        lock (_lock)
            foreach (var line in _backlog.Lines(except: read))
                all.Add(line);
        return all.Lines();
    }

    /// <summary>What the log has, and then what is added to it, until it is complete.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ConsoleLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new Watcher();
        lock (_lock)
        {
            foreach (var line in _backlog.Lines())
                watcher.Pending.Add(line);
            _watchers.Add(watcher);
            if (_watchers.Count == 1)
                watched(true);
            foreach (var reading in _readings)
                reading.Follow();
        }

        try
        {
            while (true)
            {
                IReadOnlyList<ConsoleLine> lines;
                Task more;
                bool completed;
                lock (_lock)
                {
                    (lines, more) = watcher.Take();
                    completed = IsCompleted;
                }

                if (lines.Count > 0)
                    yield return lines;
                else if (completed)
                    yield break;
                else
                {
                    await more.WaitAsync(cancellationToken);
                    await Task.Delay(SortingTime, time, cancellationToken);
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(watcher);
                if (_watchers.Count == 0)
                    watched(false);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
            _backlog.Clear();
    }

    /// <summary>Nothing more is added: watchers end once they have seen what is left.</summary>
    public void Complete()
    {
        if (IsCompleted)
            return;
        _completed.Cancel();
        lock (_lock)
            foreach (var watcher in _watchers)
                watcher.Wake();
    }

    public void Dispose()
    {
        Complete();
        lock (_lock)
            _completed.Dispose();
    }

    // A source that was let go of meanwhile can't be read; what it had is in the backlog.
    private static async Task<List<ConsoleLine>?> TryReadAsync(IConsoleLogSource source, CancellationToken cancellationToken)
    {
        try
        {
            var all = new List<ConsoleLine>();
            await foreach (var lines in source.ReadAsync(follow: false, cancellationToken))
                all.AddRange(lines);
            return all;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed class Watcher
    {
        private TaskCompletionSource _more = NewSignal();

        public ConsoleLineBuffer Pending { get; } = new(Capacity);

        public void Wake() => _more.TrySetResult();

        public (IReadOnlyList<ConsoleLine> Lines, Task More) Take()
        {
            var lines = Pending.Lines();
            Pending.Clear();
            if (_more.Task.IsCompleted)
                _more = NewSignal();
            return (lines, _more.Task);
        }

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
