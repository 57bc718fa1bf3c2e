using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestration;

internal static class OrchestrationServices
{
    public static IServiceCollection AddOrchestration(this IServiceCollection services)
    {
        services.AddSingleton<DependencyWait>();
        services.AddSingleton<ResourceUrls>();
        services.AddSingleton<ValueResources>();
        services.AddSingleton<Children>();
        services.AddSingleton<EndpointAllocation>();
        services.AddSingleton<DebugSession>();
        services.AddSingleton<ExecutableLaunch>();
        services.AddSingleton<ContainerLaunch>();
        services.AddSingleton<ContainerKeeping>();
        services.AddSingleton<ContainersNetwork>();
        services.AddSingleton<HostTunnel>();
        services.AddSingleton<LaunchSecrets>();
        services.AddSingleton<InstanceSnapshot>();
        services.AddSingleton<DcpSettings>();
        services.AddSingleton<DcpServer>();
        services.AddSingleton<ContainerRuntime>();
        services.AddSingleton<DcpObservation>();
        services.AddSingleton<BackingData>();
        services.AddSingleton<ParameterPrompt>();
        services.AddEventingSubscriber<Preconditions>();
        services.AddSingleton<IEngine, DcpEngine>();
        services.AddSingleton<Orchestrator>();
        services.AddHostedService(provider => provider.GetRequiredService<Orchestrator>());
        return services;
    }
}
