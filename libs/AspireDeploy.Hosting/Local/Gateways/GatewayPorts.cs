using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Local.Gateways;

/// <summary>
/// Has a gateway of a run that takes free ports, as with <c>aspire run --isolated</c> or under test, take them too. Aspire 13.6 leaves a
/// declared port as it is where nothing stands between an endpoint and its clients.
/// </summary>
internal static class GatewayPorts
{
    internal static void Apply(GatewayResource gateway, IConfiguration configuration)
    {
        if (!configuration.GetValue("DcpPublisher:RandomizePorts", false))
            return;
        foreach (var endpoint in gateway.Annotations.OfType<EndpointAnnotation>())
            (endpoint.Port, endpoint.TargetPort) = (null, null);
    }
}
