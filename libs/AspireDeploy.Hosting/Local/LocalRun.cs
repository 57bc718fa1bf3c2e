using Aspire.Hosting;
using Aspire.Hosting.Lifecycle;
using AspireDeploy.Local.Gateways;
using AspireDeploy.Local.Memory;
using AspireDeploy.Local.Memory.ControlGroups;
using AspireDeploy.Local.Replicas;
using AspireDeploy.Local.Restarts;
using AspireDeploy.Local.Scaling;
using AspireDeploy.Local.Waiting;
using AspireDeploy.Starting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Local;

/// <summary>
/// Has the declared concepts hold while the application runs on a developer's machine. It uses Aspire's public API alone, so they hold on
/// either host.
/// </summary>
internal static class LocalRun
{
    /// <summary>Adds what watches over the run, once, and only where the application is run.</summary>
    internal static void AddTo(IDistributedApplicationBuilder builder)
    {
        StartChecks.AddTo(builder);
        if (!builder.ExecutionContext.IsRunMode)
            return;
        var services = builder.Services;
        services.TryAddEventingSubscriber<LocalPreparation>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ReplicaRegistry>();
        services.TryAddSingleton<ReplicaCommands>();
        services.TryAddSingleton<ReplicaStarts>();
        services.TryAddSingleton<ReplicaGroups>();
        services.TryAddSingleton<EndReasons>();
        services.TryAddSingleton<GatewayLinks>();
        services.TryAddSingleton<GatewayStart>();
        services.TryAddSingleton<ScaledReplicas>();
        services.TryAddSingleton<ReplicaWait>();
        services.TryAddSingleton<RollingRestart>();
        services.TryAddSingleton<ReplicaSetCommands>();
        services.TryAddSingleton<ReplicaSets>();
        services.TryAddSingleton<MemoryWatch>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReplicaObserver, RestartSupervisor>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReplicaObserver, FailedWaits>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IReplicaObserver, ReplicaSets>(static provider => provider.GetRequiredService<ReplicaSets>())
        );
        services.HostFirst<MemoryWatch>();
        services.HostFirst<ScaledReplicas>();
        services.HostFirst<GatewayLinks>();
        services.HostFirst<ReplicaRegistry>();
    }

    /// <summary>
    /// Starts a service before Aspire's orchestrator, whose own start lasts until every resource has been created: until whatever one of
    /// them waits for is there.
    /// </summary>
    internal static void HostFirst<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        if (services.Any(service => service.ServiceType == typeof(Hosted<T>)))
            return;
        services.AddSingleton<Hosted<T>>();
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<T>()));
    }

    private sealed class Hosted<T>;
}
