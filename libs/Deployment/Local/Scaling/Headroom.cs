using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Scaling;

/// <summary>
/// Makes room to scale up. A running application takes no new replicas, so as many as there may ever be are declared, to be started on request
/// (docs/decisions/scaling-on-a-running-host.md).
/// </summary>
internal static class Headroom
{
    internal static void Apply(IResource resource)
    {
        if (!IsWanted(resource)) return;
        resource.Annotations.Add(new HeadroomAnnotation());
        foreach (var declared in resource.Annotations.OfType<ReplicaAnnotation>().ToList()) resource.Annotations.Remove(declared);
        resource.Annotations.Add(new ReplicaAnnotation(resource.Annotations.OfType<AutoscaleAnnotation>().Last().Scale.Maximum));
        resource.Annotations.Add(new ExplicitStartupAnnotation());
    }

    /// <summary>Whether a resource has room to scale up.</summary>
    internal static bool IsApplied(IResource resource) => resource.HasAnnotationOfType<HeadroomAnnotation>();

    // One that is started on request anyway is left as it is.
    private static bool IsWanted(IResource resource) =>
        resource.TryGetLastAnnotation<AutoscaleAnnotation>(out var autoscale) && autoscale.Scale.IsAutomatic && !resource.HasAnnotationOfType<ExplicitStartupAnnotation>();

    private sealed class HeadroomAnnotation : IResourceAnnotation;
}
