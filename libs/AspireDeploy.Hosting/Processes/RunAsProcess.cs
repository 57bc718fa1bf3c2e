using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Lifecycle;
using AspireDeploy.Starting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Processes;

/// <summary>Declares that a server runs as a process while the application runs on a developer's machine.</summary>
internal static class RunAsProcess
{
    private const string Switch = "backing-services";
    private const string Container = "Container";

    /// <summary>
    /// Declares it, unless the run was started with <c>--backing-services Container</c>, or the application is published.
    /// </summary>
    internal static void Apply(IResourceBuilder<ContainerResource> server, IServerProgram program)
    {
        var builder = server.ApplicationBuilder;
        StartChecks.AddTo(builder);
        if (
            !builder.ExecutionContext.IsRunMode
            || string.Equals(builder.Configuration[Switch], Container, StringComparison.OrdinalIgnoreCase)
        )
        {
            return;
        }

        server.WithAnnotation(new ServerProgramAnnotation(program), ResourceAnnotationMutationBehavior.Replace);
        if (builder.Services.Any(service => service.ServiceType == typeof(ServerData)))
        {
            return;
        }

        builder.Services.AddSingleton<RunningServers>();
        builder.Services.AddSingleton<ServerData>();
        builder.Services.AddSingleton<ServerPreparation>();
        // First of all that is hosted, and so the last to be stopped.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(services => services.GetRequiredService<ServerData>()));
        builder.Services.TryAddEventingSubscriber<ServerProcesses>();
    }
}
