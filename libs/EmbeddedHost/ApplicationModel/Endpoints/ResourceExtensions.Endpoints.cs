using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>The endpoints declared on the resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="endpoints">The endpoints, if there are any.</param>
    /// <returns>Whether there are any.</returns>
    public static bool TryGetEndpoints(this IResource resource, [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints) =>
        resource.TryGetAnnotationsOfType(out endpoints);

    /// <summary>Refers to the endpoints declared on the resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The references.</returns>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new EndpointReference(resource, endpoint)).ToList();
    }

    /// <summary>Refers to the endpoints declared on the resource as a network sees them.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="contextNetworkId">The network.</param>
    /// <returns>The references.</returns>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource, NetworkIdentifier contextNetworkId)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new EndpointReference(resource, endpoint, contextNetworkId)).ToList();
    }

    /// <summary>Refers to an endpoint of the resource; it may be declared later.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <returns>The reference.</returns>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) => new(resource, endpointName);

    /// <summary>Refers to an endpoint of the resource as a network sees it; it may be declared later.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <param name="contextNetworkId">The network.</param>
    /// <returns>The reference.</returns>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName, NetworkIdentifier contextNetworkId) =>
        new(resource, endpointName, contextNetworkId);

    /// <summary>The ports that the endpoints of the resource have when published.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="portAllocator">Gives out ports where none are declared; one that begins with 8000 if null.</param>
    /// <returns>The endpoints in the order in which they were declared.</returns>
    public static IReadOnlyList<ResolvedEndpoint> ResolveEndpoints(this IResource resource, IPortAllocator? portAllocator = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return PublishedPorts.Resolve(resource, portAllocator ?? new PortAllocator());
    }
}
