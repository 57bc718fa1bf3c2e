using Aspire.Hosting;
using Aspire.Hosting.Lifecycle;
using AspireDeploy.Local.Gateways;
using AspireDeploy.Local.Memory;
using AspireDeploy.Local.Memory.ControlGroups;
using AspireDeploy.Local.Replicas;
using AspireDeploy.Local.Restarts;
using AspireDeploy.Local.Scaling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Local;

/// <summary>Has the declared concepts hold while the application runs on a developer's machine. It uses Aspire's public API alone, so they hold on either host.</summary>
internal static class LocalRun
{
    /// <summary>Adds what watches over the run, once, and only where the application is run.</summary>
    internal static void AddTo(IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode) return;
        var services = builder.Services;
        services.TryAddEventingSubscriber<LocalPreparation>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ReplicaBook>();
        services.TryAddSingleton<ReplicaCommands>();
        services.TryAddSingleton<ReplicaGroups>();
        services.TryAddSingleton<EndReasons>();
        services.TryAddSingleton<GatewayLinks>();
        services.TryAddSingleton<GatewayStart>();
        services.TryAddSingleton<ScaledReplicas>();
        services.TryAddSingleton<ReplicaWait>();
        services.TryAddSingleton<RollingRestart>();
        services.TryAddSingleton<MemoryWatch>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReplicaObserver, RestartSupervisor>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ReplicaBook>(provider => provider.GetRequiredService<ReplicaBook>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, GatewayLinks>(provider => provider.GetRequiredService<GatewayLinks>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ScaledReplicas>(provider => provider.GetRequiredService<ScaledReplicas>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MemoryWatch>(provider => provider.GetRequiredService<MemoryWatch>()));
    }
}
