using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Nomad;

/// <summary>What can be chosen of the Nomad target.</summary>
internal sealed record NomadOptions
{
    /// <summary>The target's name, which is its folder's. <c>nomad</c> unless said.</summary>
    public string Name { get; init; } = "nomad";

    /// <summary>The namespace; it exists before the deployment. <c>default</c> unless said.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>
    /// The clients' host network that services listen on, and that their firewall keeps from outside
    /// (https://developer.hashicorp.com/nomad/docs/configuration/client#host_network-block); null: they listen on the default one, where
    /// anybody who reaches a client reaches them.
    /// </summary>
    public string? HostNetwork { get; init; }

    /// <summary>
    /// Ports of the clients chosen for single replicas, by the resource's name, or by <c>RESOURCE.PORT</c> where it has several; the others
    /// get one by their names. It lies outside the range that clients give out themselves, 20000 to 32000 unless configured.
    /// </summary>
    public IReadOnlyDictionary<string, int> StaticPorts { get; init; } = new Dictionary<string, int>();

    /// <summary>How many MHz count as a core, since Nomad shares processors by MHz. 1000 unless said.</summary>
    public int MegahertzPerCore { get; init; } = 1000;

    /// <summary>The plugin of CSI volumes; null: data is on dynamic host volumes, on the client where they were made.</summary>
    public string? CsiPlugin { get; init; }

    /// <summary>
    /// The Traefik that serves the gateway, for those who run one already with Nomad's provider; null: the deployment brings its own Caddy.
    /// Its network is none of Nomad's affair.
    /// </summary>
    public TraefikGateway? Traefik { get; init; }
}
