namespace Aspire.Hosting.ApplicationModel;

/// <summary>Picks the endpoint that a check, a probe or a command asks by HTTP.</summary>
internal static class HttpEndpointSelection
{
    /// <summary>The endpoint of a name, else <c>https</c>, else <c>http</c>.</summary>
    /// <exception cref="DistributedApplicationException">There is none, or it doesn't speak HTTP.</exception>
    public static EndpointReference Select(IResourceWithEndpoints resource, string? name, string purpose)
    {
        string[] names = name is null ? ["https", "http"] : [name];
        var endpoints = resource.GetEndpoints().ToList();
        var found = names.Select(n => endpoints.Find(e => string.Equals(e.EndpointName, n, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(e => e is not null)
            ?? throw new DistributedApplicationException($"'{resource.Name}' can't have {purpose}: it has no endpoint {string.Join(" or ", names.Select(n => $"'{n}'"))}.");
        return Checked(found, purpose);
    }

    /// <exception cref="DistributedApplicationException">It doesn't speak HTTP.</exception>
    public static EndpointReference Checked(EndpointReference? endpoint, string purpose)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.IsHttp || endpoint.IsHttps
            ? endpoint
            : throw new DistributedApplicationException($"'{endpoint.Resource.Name}' can't have {purpose}: its endpoint '{endpoint.EndpointName}' speaks {endpoint.Scheme}, not HTTP.");
    }
}
