using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Copies the console logs of resources to the AppHost's own loggers, each under <c>APPHOST.Resources.RESOURCE</c>, where
/// <see cref="DistributedApplicationOptions.EnableResourceLogging" /> asks for it.
/// </summary>
internal sealed class ResourceLogForwarding(
    ResourceNotificationService notifications, ResourceLoggerService logs, IHostEnvironment environment, ILoggerFactory loggers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var forwarded = new Dictionary<string, Task>(StringComparer.OrdinalIgnoreCase);
        try
        {
            await foreach (var update in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (!forwarded.ContainsKey(update.ResourceId))
                {
                    forwarded[update.ResourceId] = ForwardAsync(update, stoppingToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(forwarded.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ForwardAsync(ResourceEvent instance, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{instance.Resource.Name}");
        await foreach (var lines in logs.WatchAsync(instance.ResourceId).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var line in lines)
            {
                logger.Log(line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, "{Instance} {Line}", instance.ResourceId, line.Content);
            }
        }
    }
}
