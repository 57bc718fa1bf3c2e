using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardServices
{
    /// <summary>Gives the application a dashboard: its keys in <paramref name="configuration"/>, its resource service, and its process as a resource.</summary>
    /// <param name="services">The AppHost's.</param>
    /// <param name="configuration">The AppHost's, with everything in it that its user set.</param>
    /// <param name="keep">Keeps a generated key for later runs: the user secrets, where there are any.</param>
    public static IServiceCollection AddDashboard(this IServiceCollection services, ConfigurationManager configuration, Action<string, Func<string>>? keep = null)
    {
        DashboardSecrets.AddTo(configuration, keep);
        services.AddLogging(logging => logging
            .AddFilter(DashboardLog.RootCategory, LogLevel.Warning)
            .AddFilter(DashboardLog.ThirdPartyCategory, LogLevel.Error));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IConfigureOptions<DashboardOptions>, ConfigureDashboardOptions>();
        services.AddSingleton<DashboardLog>();
        services.AddSingleton<DashboardAnnouncement>();
        services.AddSingleton<ResourceServiceHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ResourceServiceHost>());
        services.AddEventingSubscriber<DashboardStartup>();
        return services;
    }
}
