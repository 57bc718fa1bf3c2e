using Aspire.Hosting.ApplicationModel;
using ModelEndpoint = Aspire.Hosting.ApplicationModel.EndpointReference;

namespace AspireDeploy.Reading;

/// <summary>
/// The address outside of an endpoint that a gateway serves. A reference means it where the endpoint is external and for HTTPS,
/// which nothing inside serves, or where it asks for the public internet's view. Aspire gives every reference of <c>WithReference</c> a
/// network of the inside.
/// </summary>
/// <param name="Gateway">Who serves it.</param>
/// <param name="Path">The path outside that is taken off before a request reaches the endpoint: empty, or <c>/shop</c>.</param>
/// <param name="IsServed">Whether the gateway serves what is asked for: HTTPS, unless the endpoint is for HTTP.</param>
internal sealed record PublicAddress(GatewayResource Gateway, string Path, bool IsServed)
{
    /// <summary>Returns the address that a reference means; null where it means the one inside.</summary>
    internal static PublicAddress? Find(ModelEndpoint endpoint, IEnumerable<GatewayResource> gateways)
    {
        if (!endpoint.Exists || !IsMeant(endpoint))
            return null;
        foreach (var gateway in gateways)
        {
            // What isn't taken off is a path of the service's own, which whoever refers to the endpoint adds.
            var paths = gateway
                .Routes.Where(route => route.Service.Name == endpoint.Resource.Name && LeadsTo(route, endpoint))
                .Select(static route => route.StripPrefix ? route.PathPrefix.TrimEnd('/') : "")
                .OrderBy(static path => path.Length)
                .ThenBy(static path => path, StringComparer.Ordinal)
                .ToList();
            if (paths.Count > 0)
                return new(gateway, paths[0], endpoint.IsHttp || gateway.HasAnnotationOfType<GatewayHttpsAnnotation>());
        }
        return null;
    }

    /// <summary>Returns what to say where it isn't served.</summary>
    internal string Refusal(ModelEndpoint endpoint) =>
        $"refers to {endpoint.Resource.Name}'s endpoint \"{endpoint.EndpointName}\" outside, and {Gateway.Name} serves HTTP alone; "
        + $"declare HTTPS, {Gateway.Name}.WithHttps(\"shop.example.com\"), or refer to the endpoint for HTTP, which is the address inside";

    private static bool IsMeant(ModelEndpoint endpoint) =>
        endpoint.EndpointAnnotation.IsExternal
        && (
            endpoint.ContextNetworkID is { } network
                ? network == KnownNetworkIdentifiers.PublicInternet && (endpoint.IsHttp || endpoint.IsHttps)
                : endpoint.IsHttps
        );

    // A service's HTTPS is served where its HTTP is.
    private static bool LeadsTo(RouteAnnotation route, ModelEndpoint endpoint) =>
        route.FindEndpoint() is { } target
        && (Same(target, endpoint) || (Same(target, First(route.Service, "http")) && Same(endpoint, First(route.Service, "https"))));

    private static ModelEndpoint? First(IResourceWithEndpoints service, string scheme) =>
        service.GetEndpoints().FirstOrDefault(each => each.Scheme == scheme);

    private static bool Same(ModelEndpoint one, ModelEndpoint? other) =>
        string.Equals(one.EndpointName, other?.EndpointName, StringComparison.OrdinalIgnoreCase);
}
