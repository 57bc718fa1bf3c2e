using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>
/// Writes what is logged while a step runs under that step. It flows with the execution context, so steps that run at the same time don't mix.
/// What is logged outside any step appears under a step of no name.
/// </summary>
internal sealed class StepLoggerProvider(ActivityReporter reporter, StepLogging logging) : ILoggerProvider
{
    private static readonly ActivityStep NoStep = new("", "", null, 0);
    private static readonly AsyncLocal<IReportingStep?> Slot = new();

    public static IReportingStep? CurrentStep
    {
        get => Slot.Value;
        set => Slot.Value = value;
    }

    public ILogger CreateLogger(string categoryName) => new StepLogger(reporter, logging);

    public void Dispose()
    {
    }

    private sealed class StepLogger(ActivityReporter reporter, StepLogging logging) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= logging.Lowest && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var message = formatter(state, exception);
            var text = exception is null ? message : logging.Detail(message, exception);
            if (CurrentStep is { } step)
            {
                step.Log(logLevel, text);
            }
            else
            {
                reporter.Log.Write(new LogActivity(NoStep, logLevel, text, false));
            }
        }
    }
}
