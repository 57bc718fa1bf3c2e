using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>
/// That a gateway serves HTTPS, as <see cref="Aspire.Hosting.GatewayBuilderExtensions"/> declares it. Locally it is served for
/// <c>localhost</c>, with the development certificate.
/// </summary>
public sealed class GatewayHttpsAnnotation : IResourceAnnotation
{
    /// <summary>Gets the public host name, where the declaration says it.</summary>
    public string? Host { get; init; }

    /// <summary>
    /// Gets the parameter that holds the public host name, where it is chosen at deployment. With neither, it is chosen at deployment too,
    /// and <c>localhost</c> unless it is.
    /// </summary>
    public ParameterResource? HostParameter { get; init; }

    /// <summary>Whom a certificate authority writes to; null: nobody.</summary>
    public string? Email { get; init; }

    /// <summary>Gets whether HTTP sends on to HTTPS. Defaults to true.</summary>
    public bool Redirect { get; init; } = true;
}
