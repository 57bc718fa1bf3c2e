using AspireDeploy.Model;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Docker;

/// <summary>Describes what can be chosen of a target that is a Docker engine, or a swarm of them.</summary>
/// <param name="Name">The target's name, which is its folder's.</param>
internal sealed record DockerOptions(string Name)
{
    /// <summary>
    /// Gets the Traefik that serves the gateway, for those who run one already; null: the deployment brings its own Caddy.
    /// </summary>
    public TraefikGateway? Traefik { get; init; }

    /// <summary>Gets where the engine keeps what containers write. Defaults to three files of 10 MB for each container.</summary>
    public LogDriver Logs { get; init; } = LogDriver.Default;

    /// <summary>Gets how many processes and threads a container may have. Defaults to 2048.</summary>
    public int PidLimit { get; init; } = 2048;

    /// <summary>Returns the gateway that a deployment of a plan runs itself; null: it has none, or Traefik serves it.</summary>
    internal PublicGateway? OwnGateway(DeploymentPlan plan) => Traefik is null ? plan.Gateway : null;

    /// <summary>Returns the Traefik that serves a workload, on whose network it then is; null: none does.</summary>
    internal TraefikGateway? TraefikOf(DeploymentPlan plan, Workload workload) => TraefikGateway.Serves(plan, workload) ? Traefik : null;
}
