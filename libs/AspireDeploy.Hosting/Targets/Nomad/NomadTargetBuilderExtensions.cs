using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Pipeline;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Targets.Traefik;

namespace Aspire.Hosting;

/// <summary>Declares Nomad as a target.</summary>
public static class NomadTargetBuilderExtensions
{
    /// <summary>Publishes the application for Nomad, and deploys it to the one that <c>NOMAD_ADDR</c> names.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The target's name, which is its folder's.</param>
    /// <returns>The target.</returns>
    /// <exception cref="DistributedApplicationException">The name is taken, or has capitals.</exception>
    public static IResourceBuilder<NomadTargetResource> AddNomadTarget(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name = "nomad"
    ) => builder.AddTarget(new NomadTargetResource(name));

    /// <summary>Chooses the namespace; <c>default</c> unless chosen. It exists before the deployment.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="name">The namespace.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<NomadTargetResource> WithNamespace(this IResourceBuilder<NomadTargetResource> builder, string name) =>
        builder.Choose(options => options with { Namespace = name });

    /// <summary>
    /// Has services listen on a host network of the clients that their firewall keeps.
    /// (https://developer.hashicorp.com/nomad/docs/configuration/client#host_network-block)
    /// </summary>
    /// <param name="builder">The target.</param>
    /// <param name="hostNetwork">The host network's name.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<NomadTargetResource> WithClientNetwork(
        this IResourceBuilder<NomadTargetResource> builder,
        string hostNetwork
    ) => builder.Choose(options => options with { HostNetwork = hostNetwork });

    /// <summary>Chooses the port of the clients that a single replica listens on; one that its name decides unless chosen.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="resource">The resource's name, or <c>RESOURCE.PORT</c> where it has several ports.</param>
    /// <param name="port">The port: outside the range that clients give out themselves, 20000 to 32000 unless configured.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<NomadTargetResource> WithStaticPort(
        this IResourceBuilder<NomadTargetResource> builder,
        string resource,
        int port
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        return builder.Choose(options =>
            options with
            {
                StaticPorts = new Dictionary<string, int>(options.StaticPorts, StringComparer.Ordinal) { [resource] = port },
            }
        );
    }

    /// <summary>Chooses how many MHz count as a core; 1000 unless chosen.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="megahertz">MHz, at least 1.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<NomadTargetResource> WithMegahertzPerCore(
        this IResourceBuilder<NomadTargetResource> builder,
        int megahertz
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(megahertz, 1);
        return builder.Choose(options => options with { MegahertzPerCore = megahertz });
    }

    /// <summary>Has data on volumes of a CSI plugin instead of the clients' own disks.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="plugin">The plugin's id.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<NomadTargetResource> WithCsiVolumes(this IResourceBuilder<NomadTargetResource> builder, string plugin) =>
        builder.Choose(options => options with { CsiPlugin = plugin });

    /// <summary>
    /// Has a Traefik that runs already serve the gateway, by tags of Nomad's services, instead of a Caddy that comes with the deployment.
    /// (https://doc.traefik.io/traefik/providers/nomad/)
    /// </summary>
    /// <param name="builder">The target.</param>
    /// <param name="certificateResolver">Traefik's resolver for certificates.</param>
    /// <param name="httpsEntryPoint">Traefik's entry point for HTTPS.</param>
    /// <param name="httpEntryPoint">Traefik's entry point for HTTP.</param>
    /// <param name="version">The oldest Traefik that will read this: <c>3.7</c>. A Traefik takes nothing of what holds a single thing that
    /// it doesn't know, so nothing newer is written.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="version"/> isn't a version, or is older than any that is
    /// supported.</exception>
    public static IResourceBuilder<NomadTargetResource> WithTraefik(
        this IResourceBuilder<NomadTargetResource> builder,
        string certificateResolver = "letsencrypt",
        string httpsEntryPoint = "websecure",
        string httpEntryPoint = "web",
        string version = "3.0"
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        var traefik = new TraefikGateway("", certificateResolver, httpsEntryPoint, httpEntryPoint)
        {
            Version = TraefikGateway.ParseVersion(builder.Resource.Name, version),
        };
        return builder.Choose(options => options with { Traefik = traefik });
    }

    private static IResourceBuilder<NomadTargetResource> Choose(
        this IResourceBuilder<NomadTargetResource> builder,
        Func<NomadOptions, NomadOptions> choose
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Options = choose(builder.Resource.Options);
        return builder;
    }
}
