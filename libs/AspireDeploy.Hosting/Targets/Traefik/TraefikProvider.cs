using AspireDeploy.Model;

namespace AspireDeploy.Targets.Traefik;

/// <summary>One of Traefik's providers, which reads what is written for it.</summary>
/// <param name="Name">What Traefik calls it: <c>docker</c>.</param>
internal sealed record TraefikProvider(string Name)
{
    /// <summary>Labels of containers.</summary>
    internal static TraefikProvider Docker { get; } = new("docker");

    /// <summary>Labels of a swarm's services, from Traefik 3 on.</summary>
    internal static TraefikProvider Swarm { get; } = new("swarm");

    /// <summary>Tags of Nomad's services.</summary>
    internal static TraefikProvider Nomad { get; } = new("nomad");

    /// <summary>
    /// Gets a value that indicates whether it is told the port of a container, rather than that of the machine that leads there.
    /// </summary>
    internal bool KnowsContainers => this != Nomad;

    /// <summary>
    /// Returns how often it is to ask for a replica's health. On Nomad nobody else keeps requests from a replica that isn't ready yet: the
    /// provider takes it whatever Nomad's own checks say.
    /// </summary>
    internal TimeSpan HealthInterval(Probe readiness) => KnowsContainers ? readiness.Period : TimeSpan.FromSeconds(1);

    /// <summary>
    /// Returns whether it can ask for a workload's readiness at the replicas that a route leads to: the number of another port on the
    /// machine isn't that in the container.
    /// </summary>
    internal bool CanAsk(Workload workload, Port routed) =>
        workload.Probes.Readiness?.FindHttp() is { } probe && (KnowsContainers || workload.PortNamed(probe.Port).Number == routed.Number);
}
