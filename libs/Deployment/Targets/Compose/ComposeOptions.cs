using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Compose;

/// <summary>What can be chosen of the Compose target.</summary>
public sealed record ComposeOptions
{
    /// <summary>The target's name, which is its folder's. <c>compose</c> unless said.</summary>
    public string Name { get; init; } = "compose";

    /// <summary>The Traefik that serves the edge, for those who run one already; null: the deployment brings its own Caddy.</summary>
    public TraefikEdge? Traefik { get; init; }
}
