using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Traefik;

namespace Aspire.Hosting;

/// <summary>Declares what can be chosen of Docker Compose and Docker Swarm alike.</summary>
public static class DockerTargetBuilderExtensions
{
    /// <summary>
    /// Has a Traefik that runs already serve the gateway, by labels, instead of a Caddy that comes with the deployment.
    /// (https://doc.traefik.io/traefik/providers/docker/, https://doc.traefik.io/traefik/providers/swarm/)
    /// </summary>
    /// <typeparam name="T">The target's type.</typeparam>
    /// <param name="builder">The target.</param>
    /// <param name="network">The network that Traefik reaches containers by, for Swarm an overlay network; it exists before the
    /// deployment.</param>
    /// <param name="certificateResolver">Traefik's resolver for certificates.</param>
    /// <param name="httpsEntryPoint">Traefik's entry point for HTTPS.</param>
    /// <param name="httpEntryPoint">Traefik's entry point for HTTP.</param>
    /// <param name="version">The oldest Traefik that will read this: <c>3.7</c>. A Traefik takes nothing of what holds a single thing that
    /// it doesn't know, so nothing newer is written.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="version"/> isn't a version, or is older than any that is
    /// supported.</exception>
    public static IResourceBuilder<T> WithTraefik<T>(
        this IResourceBuilder<T> builder,
        string network,
        string certificateResolver = "letsencrypt",
        string httpsEntryPoint = "websecure",
        string httpEntryPoint = "web",
        string version = "3.0"
    )
        where T : DockerTargetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(network);
        var traefik = new TraefikGateway(network, certificateResolver, httpsEntryPoint, httpEntryPoint)
        {
            Version = TraefikGateway.ParseVersion(builder.Resource.Name, version),
        };
        return builder.Choose(options => options with { Traefik = traefik });
    }

    /// <summary>Chooses how much of what a container writes the engine keeps; three files of 10 MB unless chosen.</summary>
    /// <typeparam name="T">The target's type.</typeparam>
    /// <param name="builder">The target.</param>
    /// <param name="maxSize">How large a file gets before the next one is begun: <c>10MB</c>.</param>
    /// <param name="maxFiles">How many files are kept, at least 1.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="maxSize"/> isn't a size, or is none.</exception>
    public static IResourceBuilder<T> WithLogRotation<T>(this IResourceBuilder<T> builder, string maxSize, int maxFiles = 3)
        where T : DockerTargetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFiles, 1);
        if (!Size.TryParse(maxSize, out var size, out var reason))
            throw DeclarationMistake.At($"{builder.Resource.Name}.logs", reason);
        if (size.Bytes == 0)
            throw DeclarationMistake.At($"{builder.Resource.Name}.logs", "files of no size hold nothing; write one like 10MB");
        return builder.Choose(options => options with { Logs = LogDriver.Rotating(size, maxFiles) });
    }

    /// <summary>
    /// Chooses another logging driver, such as <c>local</c> or <c>journald</c>. Rotation is then its options' affair.
    /// (https://docs.docker.com/engine/logging/configure/)
    /// </summary>
    /// <typeparam name="T">The target's type.</typeparam>
    /// <param name="builder">The target.</param>
    /// <param name="driver">The driver's name.</param>
    /// <param name="options">Its options, by name.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithLogDriver<T>(
        this IResourceBuilder<T> builder,
        string driver,
        params (string Name, string Value)[] options
    )
        where T : DockerTargetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(driver);
        ArgumentNullException.ThrowIfNull(options);
        var written = options.Select(static option => new LogOption(option.Name, option.Value)).ToEquatableArray();
        return builder.Choose(chosen => chosen with { Logs = new(driver, written) });
    }

    /// <summary>Chooses how many processes and threads each container may have; 2048 unless chosen.</summary>
    /// <typeparam name="T">The target's type.</typeparam>
    /// <param name="builder">The target.</param>
    /// <param name="limit">The number, at least 1.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithPidLimit<T>(this IResourceBuilder<T> builder, int limit)
        where T : DockerTargetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return builder.Choose(options => options with { PidLimit = limit });
    }

    private static IResourceBuilder<T> Choose<T>(this IResourceBuilder<T> builder, Func<DockerOptions, DockerOptions> choose)
        where T : DockerTargetResource
    {
        builder.Resource.Options = choose(builder.Resource.Options);
        return builder;
    }
}
