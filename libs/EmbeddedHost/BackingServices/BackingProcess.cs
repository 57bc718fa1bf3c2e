using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.BackingServices;

/// <summary>Runs a resource that would be a container as a process.</summary>
internal static class BackingProcess
{
    private const string Setting = "BackingServices";

    /// <summary>Whether backing services run as processes: locally, unless the setting says <c>Container</c>.</summary>
    /// <exception cref="DistributedApplicationException">The setting is neither <c>Process</c> nor <c>Container</c>.</exception>
    public static bool IsWanted(IDistributedApplicationBuilder builder) => builder.ExecutionContext.IsRunMode && (builder.Configuration[Setting] ?? "Process").ToUpperInvariant() switch
    {
        "PROCESS" => true,
        "CONTAINER" => false,
        _ => throw new DistributedApplicationException($"{Setting} is '{builder.Configuration[Setting]}': it can be 'Process' or 'Container'."),
    };

    public static IResourceBuilder<T> AddTo<T>(IResourceBuilder<T> builder, ProcessBackingAnnotation backing) where T : ContainerResource
    {
        // The process listens where it is reached: nothing stands between it and its clients.
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            (endpoint.IsProxied, endpoint.TargetPort, endpoint.TargetHost) = (false, null, "127.0.0.1");
        }

        return builder.WithAnnotation(backing, ResourceAnnotationMutationBehavior.Replace);
    }
}
