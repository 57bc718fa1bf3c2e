using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>How much of the steps' logs is shown.</summary>
/// <param name="Lowest">The lowest level.</param>
/// <param name="ExceptionDetails">Whether an exception is shown with its stack trace, or only with its message.</param>
internal sealed record StepLogging(LogLevel Lowest, bool ExceptionDetails)
{
    private const string Levels = "trace, debug, information, warning, error, critical";

    /// <exception cref="DistributedApplicationException">The level is unknown.</exception>
    public static StepLogging Of(IConfiguration configuration) =>
        new(Level(configuration["Pipeline:LogLevel"]), bool.TryParse(configuration["Pipeline:IncludeExceptionDetails"], out var details) && details);

    public string Detail(string message, Exception exception) => ExceptionDetails ? $"{message}{Environment.NewLine}{exception}" : $"{message} ({exception.Message})";

    private static LogLevel Level(string? name) => name?.ToUpperInvariant() switch
    {
        null or "INFO" or "INFORMATION" => LogLevel.Information,
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRIT" or "CRITICAL" => LogLevel.Critical,
        _ => throw new DistributedApplicationException($"Log level '{name}' is unknown. Levels are {Levels}."),
    };
}
