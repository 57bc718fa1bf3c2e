using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Swarm;

namespace AspireDeploy;

/// <summary>Declares Docker Swarm as a target.</summary>
public static class SwarmTargetBuilderExtensions
{
    /// <summary>Publishes the application for Docker Swarm, and deploys it there.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The target's name, which is its folder's.</param>
    /// <returns>The target.</returns>
    /// <exception cref="DistributedApplicationException">The name is taken, or has capitals.</exception>
    public static IResourceBuilder<SwarmTargetResource> AddSwarmTarget(this IDistributedApplicationBuilder builder, [ResourceName] string name = "swarm") =>
        builder.AddTarget(new SwarmTargetResource(name));

    /// <summary>Has a Traefik that runs already serve the edge, by labels, instead of a Caddy that comes with the deployment. (https://doc.traefik.io/traefik/providers/swarm/)</summary>
    /// <param name="builder">The target.</param>
    /// <param name="network">The overlay network that Traefik reaches containers by; it exists before the deployment.</param>
    /// <param name="certificateResolver">Traefik's resolver for certificates.</param>
    /// <param name="httpsEntryPoint">Traefik's entry point for HTTPS.</param>
    /// <param name="httpEntryPoint">Traefik's entry point for HTTP.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<SwarmTargetResource> UseTraefik(
        this IResourceBuilder<SwarmTargetResource> builder, string network, string certificateResolver = "letsencrypt", string httpsEntryPoint = "websecure", string httpEntryPoint = "web")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(network);
        builder.Resource.Options = builder.Resource.Options with { Traefik = new(network, certificateResolver, httpsEntryPoint, httpEntryPoint) };
        return builder;
    }
}
