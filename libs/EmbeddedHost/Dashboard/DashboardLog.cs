using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Repeats what the dashboard's process logs through the AppHost's own loggers, whose rules decide what of it is seen.</summary>
internal sealed class DashboardLog(ResourceLoggerService resourceLoggers, ILoggerFactory loggers)
{
    public const string RootCategory = "Aspire.Hosting.Dashboard";
    public const string ThirdPartyCategory = RootCategory + ".ThirdParty";

    private readonly Dictionary<string, ILogger> _loggers = [];

    /// <summary>Repeats the log of one instance until it ends.</summary>
    public async Task ForwardAsync(string resourceId, CancellationToken cancellationToken)
    {
        await foreach (var lines in resourceLoggers.WatchAsync(resourceId).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var line in lines)
            {
                Forward(line);
            }
        }
    }

    private void Forward(LogLine line)
    {
        if (DashboardLogMessage.Parse(line.Content) is { } message)
        {
            Logger(message.HostCategory).Log(message.Level, "{Message}", message.Text);
        }
        else
        {
            Logger(RootCategory).Log(line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, "{Line}", line.Content);
        }
    }

    private ILogger Logger(string category)
    {
        if (!_loggers.TryGetValue(category, out var logger))
        {
            logger = _loggers[category] = loggers.CreateLogger(category);
        }

        return logger;
    }
}
