using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Replicas;

namespace AspireDeploy.Local.Scaling;

/// <summary>Tells the application's notifications how each resource with several replicas is as a whole.</summary>
internal sealed class ReplicaSets(
    ReplicaRegistry registry,
    ScaledReplicas scaled,
    ReplicaSetCommands commands,
    ResourceNotificationService notifications
) : IReplicaObserver
{
    private readonly Dictionary<IResource, ReplicaSet> _sets = [];

    /// <summary>Has a resource that runs more than once be known as a whole.</summary>
    internal Task AddAsync(IResource resource)
    {
        if (resource is not ProjectResource || resource.GetReplicaCount() < 2)
            return Task.CompletedTask;
        var set = _sets[resource] = new(resource);
        return notifications.PublishUpdateAsync(set, set.Id, static initial => initial);
    }

    public void Observe(ReplicaFacts? before, ReplicaFacts after)
    {
        if (!_sets.TryGetValue(after.Resource, out var set))
            return;
        // The host's own commands are there once it tells of the first replica.
        if (!set.HasAnnotationOfType<ResourceCommandAnnotation>())
            commands.AddTo(set);
        var wanted = scaled.WantedOf(set.Replicated);
        _ = notifications.PublishUpdateAsync(set, set.Id, _ =>
            ReplicaSetSnapshot.Create([.. registry.Of(set.Replicated).Take(wanted)], wanted)
        );
    }
}
