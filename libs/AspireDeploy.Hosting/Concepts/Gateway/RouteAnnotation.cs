using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>Describes where a gateway sends the requests under a path.</summary>
/// <param name="pathPrefix"><c>/</c> for all, or a prefix without a slash at its end: <c>/api</c> takes <c>/api</c> and what is under
/// it.</param>
/// <param name="service">Who answers them.</param>
/// <param name="endpointName">Its endpoint; null: its first for HTTP, else its first for HTTPS.</param>
/// <param name="stripPrefix">Whether the prefix is taken off before a request is sent on.</param>
public sealed class RouteAnnotation(string pathPrefix, IResourceWithEndpoints service, string? endpointName, bool stripPrefix)
    : IResourceAnnotation
{
    /// <summary><c>/</c> for all, or a prefix without a slash at its end: <c>/api</c> takes <c>/api</c> and what is under it.</summary>
    public string PathPrefix { get; } = pathPrefix;

    /// <summary>Gets who answers the requests.</summary>
    public IResourceWithEndpoints Service { get; } = service;

    /// <summary>Gets the name of its endpoint, where the route names one.</summary>
    public string? EndpointName { get; } = endpointName;

    /// <summary>Gets a value that indicates whether the prefix is taken off before a request is sent on.</summary>
    public bool StripPrefix { get; } = stripPrefix;

    /// <summary>
    /// Gets the endpoint that requests go to. Behind the gateway plain HTTP will do, so that one comes first where none is named.
    /// </summary>
    /// <exception cref="DistributedApplicationException">The service has no such endpoint, or it doesn't speak HTTP.</exception>
    public EndpointReference Endpoint => FindEndpoint() ?? throw new DistributedApplicationException(MissingEndpoint().ToString());

    /// <summary>Returns the endpoint that requests go to, or null if the service has no such HTTP endpoint.</summary>
    internal EndpointReference? FindEndpoint()
    {
        var endpoints = Service
            .GetEndpoints()
            .Where(endpoint =>
                EndpointName is null || string.Equals(endpoint.EndpointName, EndpointName, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        return endpoints.Find(static endpoint => endpoint.IsHttp) ?? endpoints.Find(static endpoint => endpoint.IsHttps);
    }

    /// <summary>Returns what to say where there is none.</summary>
    internal Model.PlanError MissingEndpoint()
    {
        var has = string.Join(", ", Service.GetEndpoints().Select(static endpoint => $"\"{endpoint.EndpointName}\" ({endpoint.Scheme})"))
            is { Length: > 0 } list
            ? list
            : "none at all";
        var wanted = EndpointName is { } name ? $"an HTTP endpoint \"{name}\"" : "an HTTP endpoint";
        return new(
            $"{Service.Name}.endpoints",
            $"the route \"{PathPrefix}\" needs {wanted} of it, and it has {has}; declare one with WithHttpEndpoint"
        );
    }
}
