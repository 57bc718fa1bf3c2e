using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>The ports that a deployed gateway is reached on. 80 and 443 without it.</summary>
/// <param name="http">For HTTP.</param>
/// <param name="https">For HTTPS.</param>
public sealed class GatewayPublicPortsAnnotation(int http, int https) : IResourceAnnotation
{
    /// <summary>For HTTP.</summary>
    public int Http { get; } = http;

    /// <summary>For HTTPS.</summary>
    public int Https { get; } = https;
}
