using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Tests.Dashboard;

/// <summary>An AppHost's services as far as the dashboard needs them, with its resource service on a real socket.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly IHost _host;

    public DashboardHost(Dictionary<string, string?>? settings = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "Shop.AppHost" });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.AddProvider(Log);
        builder.Services.AddSingleton<ResourceLoggerService>();
        builder.Services.AddSingleton<ResourceNotificationService>();
        builder.Services.AddSingleton(services => new ResourceCommandService(
            services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<ResourceLoggerService>(), services));
        builder.Services.AddDashboard(builder.Configuration);
        _host = builder.Build();
        HostedServices = [.. Services.GetServices<IHostedService>()];
    }

    public LogRecorder Log { get; } = new();

    /// <summary>As a running host has them, so that they are also disposed of as such.</summary>
    public IReadOnlyList<IHostedService> HostedServices { get; }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService Notifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceLoggerService Logs => Services.GetRequiredService<ResourceLoggerService>();

    public DashboardOptions Options => Services.GetRequiredService<IOptions<DashboardOptions>>().Value;

    public ResourceServiceHost ResourceService => Services.GetRequiredService<ResourceServiceHost>();

    public Task PublishAsync(IResource resource, string instance, CustomResourceSnapshot snapshot) =>
        Notifications.PublishUpdateAsync(resource, instance, _ => snapshot);

    public async ValueTask DisposeAsync()
    {
        await ResourceService.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)Services).DisposeAsync();
    }
}
