using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Backchannel;

/// <summary>Keeps the newest lines of the AppHost's log until the aspire command asks for them.</summary>
internal sealed class BackchannelLogProvider(TimeProvider clock) : ILoggerProvider
{
    private const int Kept = 1000;

    private readonly TimeProvider _clock = clock;
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();
    private readonly Channel<BackchannelLogEntry> _entries =
        Channel.CreateBounded<BackchannelLogEntry>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });

    public IAsyncEnumerable<BackchannelLogEntry> ReadAllAsync(CancellationToken cancellationToken) => _entries.Reader.ReadAllAsync(cancellationToken);

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, name => new Logger(this, name));

    public void Dispose() => _entries.Writer.TryComplete();

    private sealed class Logger(BackchannelLogProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var text = formatter(state, exception);
                provider._entries.Writer.TryWrite(new(
                    new(eventId.Id, eventId.Name), (int)logLevel, exception is null ? text : $"{text} {exception.Message}", provider._clock.GetUtcNow(), category));
            }
        }
    }
}
