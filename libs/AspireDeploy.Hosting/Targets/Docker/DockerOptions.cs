using AspireDeploy.Model;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Docker;

/// <summary>What can be chosen of a target that is a Docker engine, or a swarm of them.</summary>
/// <param name="Name">The target's name, which is its folder's.</param>
internal sealed record DockerOptions(string Name)
{
    /// <summary>The Traefik that serves the gateway, for those who run one already; null: the deployment brings its own Caddy.</summary>
    public TraefikGateway? Traefik { get; init; }

    /// <summary>Where the engine keeps what containers write. Three files of 10 MB for each container unless said.</summary>
    public LogDriver Logs { get; init; } = LogDriver.Default;

    /// <summary>How many processes and threads a container may have. 2048 unless said.</summary>
    public int PidLimit { get; init; } = 2048;

    /// <summary>The gateway that a deployment of a plan runs itself; null: it has none, or Traefik serves it.</summary>
    internal PublicGateway? OwnGateway(DeploymentPlan plan) => Traefik is null ? plan.Gateway : null;

    /// <summary>The Traefik that serves a workload, on whose network it then is; null: none does.</summary>
    internal TraefikGateway? TraefikOf(DeploymentPlan plan, Workload workload) => TraefikGateway.Serves(plan, workload) ? Traefik : null;
}
