using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backchannel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>What every application is run with.</summary>
internal static class HostingServices
{
    public static void AddHosting(this HostApplicationBuilder host, DistributedApplicationBuilder application, DistributedApplicationOptions options)
    {
        var services = host.Services;
        services.AddSingleton(options);
        services.AddSingleton(application.Identity);
        services.AddSingleton(application.ExecutionContext);
        services.AddSingleton(application.Eventing);
        services.AddSingleton(application.UserSecretsManager);
        // By a factory, so that the services dispose of the files: an instance that they are given stays its giver's.
        services.AddSingleton(_ => application.FileSystemService);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new DistributedApplicationModel(application.Resources));
        services.AddHealthChecks();
        services.AddHttpClient();
        host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // A start that fails is told by whoever started, in one line where it is a person's mistake.
        host.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        services.AddNotifications(options);
        host.AddPipeline(application.Pipeline);
        if (application.ExecutionContext.IsRunMode)
        {
            services.AddOrchestration();
            services.AddSingleton<RunLock>();
            services.AddSingleton<StopSignals>();
            if (!options.DisableDashboard)
            {
                services.AddDashboard(host.Configuration, (name, make) => application.UserSecretsManager.GetOrSetSecret(host.Configuration, name, make));
            }
        }
        else
        {
            host.AddPipelineRun();
        }

        host.AddBackchannel();
    }
}
