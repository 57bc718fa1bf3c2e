using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Replicas;

/// <summary>
/// Stands for all replicas of a resource. Aspire 13.6 takes a name in <c>aspire resource</c> and <c>aspire wait</c> only where it belongs
/// to one instance, or is one's id: the resource's name is the id of this instance. It isn't in the app model and it is hidden, so that
/// nobody sees it beside the replicas.
/// </summary>
internal sealed class ReplicaSet : Resource
{
    /// <summary>Stands for all replicas of a resource.</summary>
    /// <param name="replicated">The resource.</param>
    // No resource is called so. By the resource's own name Aspire would take the one for the other: it keeps a resource's health by its
    // name.
    internal ReplicaSet(IResource replicated)
        : base($"{replicated.Name} (all replicas)")
    {
        Replicated = replicated;
        Annotations.Add(new ResourceSnapshotAnnotation(ReplicaSetSnapshot.Initial));
    }

    /// <summary>Gets the resource whose replicas they are.</summary>
    internal IResource Replicated { get; }

    /// <summary>Gets the id under which the application's notifications know it.</summary>
    internal string Id => Replicated.Name;
}
