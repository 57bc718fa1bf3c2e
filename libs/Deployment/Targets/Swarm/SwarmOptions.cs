using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Swarm;

/// <summary>What can be chosen of the Swarm target.</summary>
public sealed record SwarmOptions
{
    /// <summary>The target's name, which is its folder's. <c>swarm</c> unless said.</summary>
    public string Name { get; init; } = "swarm";

    /// <summary>The Traefik that serves the edge, for those who run one already; null: the deployment brings its own Caddy.</summary>
    public TraefikEdge? Traefik { get; init; }
}
