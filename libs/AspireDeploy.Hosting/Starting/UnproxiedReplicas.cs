using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Starting;

/// <summary>
/// Finds a resource of several replicas with an endpoint that isn't proxied, on whose one port only one of them could listen: Aspire 13.6
/// says so only when it starts that resource, among its log.
/// </summary>
internal static class UnproxiedReplicas
{
    /// <summary>Returns what is wrong with the first such resource, as one line that says what to do; null if there is none.</summary>
    internal static string? Find(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources)
        {
            var declared = resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;
            var most = resource.TryGetLastAnnotation<AutoscalingAnnotation>(out var autoscale)
                ? Math.Max(declared, autoscale.Scale.Maximum)
                : declared;
            if (
                most > 1
                && resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(static endpoint => !endpoint.IsProxied) is { } endpoint
            )
                return $"'{resource.Name}' is to have {most} replicas, and its endpoint '{endpoint.Name}' isn't proxied, so that "
                    + "only one of them could listen there. Take isProxied: false away, or have one replica.";
        }
        return null;
    }
}
