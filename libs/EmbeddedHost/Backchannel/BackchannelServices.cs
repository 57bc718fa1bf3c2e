using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Backchannel;

/// <summary>Lets the aspire command drive the application, if it has started the AppHost.</summary>
internal static class BackchannelServices
{
    public static void AddBackchannel(this HostApplicationBuilder host)
    {
        if (BackchannelPath.Of(host.Configuration) is not { } path)
        {
            return;
        }

        var services = host.Services;
        services.AddSingleton(path);
        services.AddSingleton<BackchannelMethods>();
        services.AddSingleton<BackchannelServer>();
        services.AddHostedService(s => s.GetRequiredService<BackchannelServer>());
        services.AddHostedService<OrphanWatch>();
        services.AddSingleton<BackchannelLogProvider>();
        services.AddSingleton<ILoggerProvider>(s => s.GetRequiredService<BackchannelLogProvider>());
        services.AddSingleton<BackchannelActivityLog>();

        // Instead of the terminal: the command has that.
        services.AddSingleton<IActivityLog>(s => s.GetRequiredService<BackchannelActivityLog>());
    }
}
