namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads one source into a log, at most once.</summary>
internal sealed class ConsoleLogReading(IConsoleLogSource source, Action<IReadOnlyList<ConsoleLine>> add, TimeProvider time, CancellationToken completed) : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task? _reading;

    public IConsoleLogSource Source => source;

    /// <summary>Whether all of its lines are in the log.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Called once the source is not used any more.</summary>
    public Action? Detached { get; set; }

    /// <summary>Begins to read, unless it has begun.</summary>
    public void Follow()
    {
        lock (_lock)
            _reading ??= Task.Run(() => ReadAsync(follow: true), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Task reading;
        lock (_lock)
            reading = _reading ??= Task.Run(() => ReadAsync(follow: false), CancellationToken.None);

        await reading.WaitAsync(DrainTime, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Detached?.Invoke();
    }

    private async Task ReadAsync(bool follow)
    {
        try
        {
            await foreach (var lines in source.ReadAsync(follow, completed))
                add(lines);
            IsExhausted = true;
        }
        catch (OperationCanceledException) when (completed.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // The log is what a person looks at: that it has a gap is said in it.
            add([new ConsoleLine(time.GetUtcNow().UtcDateTime, $"The console log could not be read further: {e.Message}", IsError: true)]);
        }
    }
}
