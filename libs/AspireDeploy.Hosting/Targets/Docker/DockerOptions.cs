using AspireDeploy.Plan;

namespace AspireDeploy.Targets.Docker;

/// <summary>What can be chosen of a target that is a Docker engine, or a swarm of them.</summary>
/// <param name="Name">The target's name, which is its folder's.</param>
public sealed record DockerOptions(string Name)
{
    /// <summary>The Traefik that serves the edge, for those who run one already; null: the deployment brings its own Caddy.</summary>
    public TraefikEdge? Traefik { get; init; }

    /// <summary>The edge that a deployment of a plan runs itself; null: it has none, or Traefik serves it.</summary>
    internal Edge? OwnEdge(DeploymentPlan plan) => Traefik is null ? plan.Edge : null;
}
