using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Dashboard;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, string Text)> _entries = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<(string Category, LogLevel Level, string Text)> Entries => _entries;

    /// <summary>The first entry that fulfils a condition, now or later.</summary>
    public async Task<(string Category, LogLevel Level, string Text)> FindAsync(Func<string, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next);
            if (_entries.FirstOrDefault(entry => condition(entry.Text)) is { Text: not null } found)
            {
                return found;
            }

            await next.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string category, LogLevel level, string text)
    {
        _entries.Enqueue((category, level, text));
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private sealed class Logger(LogRecorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            recorder.Add(category, logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
    }
}
