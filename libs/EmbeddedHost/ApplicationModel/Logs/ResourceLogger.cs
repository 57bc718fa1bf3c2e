using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes to console logs. A message of several lines becomes as many lines.</summary>
/// <param name="logs">The logs, asked for at every message: the instances of a resource may become known after its logger was made.</param>
/// <param name="time">The clock.</param>
internal sealed class ResourceLogger(Func<IEnumerable<ResourceLog>> logs, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
            return;

        var message = formatter(state, exception);
        if (exception is not null)
            message = $"{message}\n{exception}";
        var now = time.GetUtcNow().UtcDateTime;
        var lines = message.ReplaceLineEndings("\n").Split('\n').Select(content => new ConsoleLine(now, content, logLevel >= LogLevel.Error)).ToArray();
        foreach (var log in logs())
            log.Add(lines);
    }
}
