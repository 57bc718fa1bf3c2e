using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace AspireDeploy.Local.Terminal;

/// <summary>Writes log messages above the live table.</summary>
internal sealed class LinesAboveTable(IAnsiConsole console) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Lines(console);

    public void Dispose()
    {
        // The console isn't ours.
    }

    private sealed class Lines(IAnsiConsole console) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (!IsEnabled(logLevel))
                return;
            var colour = logLevel switch
            {
                >= LogLevel.Error => Color.Red,
                LogLevel.Warning => Color.Yellow,
                _ => Color.Default,
            };
            console.Write(new LinesOver(formatter(state, exception), new Style(colour)));
            if (exception is not null)
                console.Write(new LinesOver(exception.Message, new Style(colour)));
        }
    }
}
