using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireDeploy.Local.Replicas;

/// <summary>The state of all replicas together: that of the one which is the furthest from being there.</summary>
internal static class ReplicaSetSnapshot
{
    internal static readonly CustomResourceSnapshot Initial = new()
    {
        ResourceType = "Project",
        Properties = [],
        State = KnownResourceStates.NotStarted,
        IsHidden = true,
    };

    /// <summary>Returns the state; it has ended when every replica has, and is healthy when every replica is.</summary>
    /// <param name="replicas">The replicas that are wanted, as far as they are known.</param>
    /// <param name="wanted">How many are wanted.</param>
    internal static CustomResourceSnapshot Create(IReadOnlyList<ReplicaFacts> replicas, int wanted)
    {
        if (replicas.Count < wanted || replicas.Count == 0)
            return Initial;
        if (replicas.All(IsTerminal))
            return Bare(replicas[0].Snapshot);
        var shown = replicas.FirstOrDefault(replica => !replica.IsRunning)
            ?? replicas.FirstOrDefault(replica => replica.Snapshot.HealthStatus != HealthStatus.Healthy)
            ?? replicas[0];
        // That one has ended isn't the end of all.
        var state = IsTerminal(shown) ? KnownResourceStates.Starting : shown.State;
        return Bare(shown.Snapshot) with { State = state is null ? null : new(state, Style: null), ExitCode = null };
    }

    private static bool IsTerminal(ReplicaFacts replica) => KnownResourceStates.TerminalStates.Contains(replica.State);

    // A copy, since whether the resource was told to be ready is in the snapshot and has no public setter.
    private static CustomResourceSnapshot Bare(CustomResourceSnapshot snapshot) =>
        snapshot with
        {
            IsHidden = true,
            Properties = [],
            Urls = [],
            EnvironmentVariables = [],
            Volumes = [],
            Relationships = [],
        };
}
