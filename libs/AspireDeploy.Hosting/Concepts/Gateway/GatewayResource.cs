using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>
/// The gateway: the one place where requests come in and where TLS ends, and the load balancer over the replicas behind it. Locally it is a
/// program that comes with this library; deployed, what the target has for it: Caddy, an ingress.
/// </summary>
/// <param name="name">The resource's name.</param>
public sealed class GatewayResource(string name) : ProjectResource(name)
{
    /// <summary>Gets the name of its endpoint for HTTP.</summary>
    public const string HttpEndpointName = "http";

    /// <summary>
    /// Gets the name of its endpoint for HTTPS, which it has where
    /// <see cref="Aspire.Hosting.GatewayBuilderExtensions.WithHttps(IResourceBuilder{GatewayResource}, string?, string?, bool)"/> declares
    /// it.
    /// </summary>
    public const string HttpsEndpointName = "https";

    /// <summary>Gets its port for HTTP on a developer's machine, unless another is given.</summary>
    public const int DefaultHttpPort = 7080;

    /// <summary>Gets its port for HTTPS on a developer's machine, unless another is given.</summary>
    public const int DefaultHttpsPort = 7443;

    /// <summary>Gets which paths go where, in the order of the declaration; the longest prefix that matches wins.</summary>
    public IReadOnlyList<RouteAnnotation> Routes => [.. Annotations.OfType<RouteAnnotation>()];

    /// <summary>Gets its port for HTTPS on a developer's machine, for when HTTPS is declared.</summary>
    internal int HttpsPort { get; init; } = DefaultHttpsPort;
}
