using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Targets.Docker;

namespace AspireDeploy;

/// <summary>Declares what can be chosen of Docker Compose and Docker Swarm alike.</summary>
public static class DockerTargetBuilderExtensions
{
    /// <summary>
    /// Has a Traefik that runs already serve the edge, by labels, instead of a Caddy that comes with the deployment.
    /// (https://doc.traefik.io/traefik/providers/docker/, https://doc.traefik.io/traefik/providers/swarm/)
    /// </summary>
    /// <typeparam name="T">The target's type.</typeparam>
    /// <param name="builder">The target.</param>
    /// <param name="network">The network that Traefik reaches containers by, for Swarm an overlay network; it exists before the deployment.</param>
    /// <param name="certificateResolver">Traefik's resolver for certificates.</param>
    /// <param name="httpsEntryPoint">Traefik's entry point for HTTPS.</param>
    /// <param name="httpEntryPoint">Traefik's entry point for HTTP.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> UseTraefik<T>(
        this IResourceBuilder<T> builder, string network, string certificateResolver = "letsencrypt", string httpsEntryPoint = "websecure", string httpEntryPoint = "web") where T : DockerTargetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(network);
        builder.Resource.Options = builder.Resource.Options with { Traefik = new(network, certificateResolver, httpsEntryPoint, httpEntryPoint) };
        return builder;
    }
}
