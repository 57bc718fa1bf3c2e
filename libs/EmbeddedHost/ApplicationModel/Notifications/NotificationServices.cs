using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

internal static class NotificationServices
{
    /// <summary>States, logs, commands and health of resources.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services, DistributedApplicationOptions options)
    {
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton(s => new ResourceNotificationService(
            s.GetRequiredService<ILogger<ResourceNotificationService>>(), s.GetRequiredService<IHostApplicationLifetime>(), s, s.GetRequiredService<ResourceLoggerService>())
        {
            DefaultWaitBehavior = s.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>().Value.DefaultWaitBehavior,
        });
        services.AddSingleton(s => new ResourceCommandService(s.GetRequiredService<ResourceNotificationService>(), s.GetRequiredService<ResourceLoggerService>(), s));

        services.AddHostedService<ResourceHealth>();
        if (options.EnableResourceLogging)
        {
            services.AddHostedService<ResourceLogForwarding>();
        }

        // Without the dashboard nobody can start a failed resource again.
        services.Configure<ResourceNotificationServiceOptions>(o =>
            o.DefaultWaitBehavior = options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        return services;
    }
}
