using Microsoft.Extensions.Logging;

namespace AspireDeploy.Publishing;

/// <summary>
/// Leaves out what Aspire 13.6's pipeline, and the host around it, log of a step that failed: the exception with its stack trace for the
/// step, for the pipeline and for the background service. <see cref="FailureReporter"/> tells it in one line; with
/// <c>--include-exception-details true</c> all of it is logged.
/// </summary>
internal sealed class FailureLog(ILoggerFactory inner) : ILoggerFactory
{
    private static readonly string[] Categories =
    [
        "Aspire.Hosting.Publishing.PipelineExecutor",
        "Microsoft.Extensions.Hosting.Internal.Host",
    ];

    public ILogger CreateLogger(string categoryName) =>
        Categories.Contains(categoryName, StringComparer.Ordinal)
            ? new Logger(inner.CreateLogger(categoryName))
            : inner.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class Logger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (exception is null || logLevel < LogLevel.Error)
                inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
