using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Nomad;

/// <summary>Describes what can be chosen of the Nomad target.</summary>
internal sealed record NomadOptions
{
    /// <summary>Gets the target's name, which is its folder's. Defaults to <c>nomad</c>.</summary>
    public string Name { get; init; } = "nomad";

    /// <summary>Gets the namespace; it exists before the deployment. Defaults to <c>default</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>
    /// Gets the clients' host network that services listen on, and that their firewall keeps from outside
    /// (https://developer.hashicorp.com/nomad/docs/configuration/client#host_network-block); null: they listen on the default one, where
    /// anybody who reaches a client reaches them.
    /// </summary>
    public string? HostNetwork { get; init; }

    /// <summary>
    /// Ports of the clients chosen for single replicas, by the resource's name, or by <c>RESOURCE.PORT</c> where it has several; the others
    /// get one by their names. It lies outside the range that clients give out themselves, 20000 to 32000 unless configured.
    /// </summary>
    public IReadOnlyDictionary<string, int> StaticPorts { get; init; } = new Dictionary<string, int>();

    /// <summary>Gets how many MHz count as a core, since Nomad shares processors by MHz. Defaults to 1000.</summary>
    public int MegahertzPerCore { get; init; } = 1000;

    /// <summary>Gets the plugin of CSI volumes; null: data is on dynamic host volumes, on the client where they were made.</summary>
    public string? CsiPlugin { get; init; }

    /// <summary>
    /// Gets the Traefik that serves the gateway, for those who run one already with Nomad's provider; null: the deployment brings its own
    /// Caddy. Its network is none of Nomad's affair.
    /// </summary>
    public TraefikGateway? Traefik { get; init; }
}
