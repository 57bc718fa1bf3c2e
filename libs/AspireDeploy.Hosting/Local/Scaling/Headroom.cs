using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Scaling;

/// <summary>
/// Makes room to scale up. A running application takes no new replicas, so as many as there may ever be are declared, to be started on
/// request (docs/decisions/scaling-on-a-running-host.md): the most that <c>WithAutoscaling</c> declares, else twice as many as
/// <c>WithReplicas</c> does.
/// </summary>
internal static class Headroom
{
    internal static void Apply(IResource resource)
    {
        // One that is started on request anyway is left as it is, and so is one that was never meant to be many.
        if (
            resource is not ProjectResource
            || resource.HasAnnotationOfType<ExplicitStartupAnnotation>()
            || MostOf(resource) is not { } most
        )
            return;
        resource.Annotations.Add(new HeadroomAnnotation(resource.GetReplicaCount()));
        foreach (var declared in resource.Annotations.OfType<ReplicaAnnotation>().ToList())
            resource.Annotations.Remove(declared);
        resource.Annotations.Add(new ReplicaAnnotation(most));
        resource.Annotations.Add(new ExplicitStartupAnnotation());
    }

    /// <summary>Returns whether a resource has room to scale up.</summary>
    internal static bool IsApplied(IResource resource) => resource.HasAnnotationOfType<HeadroomAnnotation>();

    /// <summary>Returns how many replicas were declared to run.</summary>
    internal static int DeclaredOf(IResource resource) =>
        resource.TryGetLastAnnotation<HeadroomAnnotation>(out var headroom) ? headroom.Declared : resource.GetReplicaCount();

    private static int? MostOf(IResource resource) =>
        resource.TryGetLastAnnotation<AutoscalingAnnotation>(out var autoscale)
            ? (autoscale.Scale.IsAutomatic ? autoscale.Scale.Maximum : null)
        : resource.GetReplicaCount() is > 1 and var declared ? 2 * declared
        : null;

    private sealed record HeadroomAnnotation(int Declared) : IResourceAnnotation;
}
