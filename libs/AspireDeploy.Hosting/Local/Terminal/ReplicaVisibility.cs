using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Replicas;
using AspireDeploy.Local.Scaling;

namespace AspireDeploy.Local.Terminal;

/// <summary>Describes which replicas a person is told of.</summary>
internal static class ReplicaVisibility
{
    /// <summary>
    /// Returns whether a replica is worth telling of: not hidden, no parameter, one of which something is known, and no spare one. Until
    /// one that was declared for scaling up is hidden, only its state shows that it is spare.
    /// </summary>
    internal static bool IsShown(this ReplicaFacts replica) =>
        !replica.Snapshot.IsHidden
        && replica.State is { Length: > 0 } state
        && replica.Resource is not ParameterResource
        && !(state == KnownResourceStates.NotStarted && Headroom.IsApplied(replica.Resource));
}
