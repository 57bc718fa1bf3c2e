namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// The ports that endpoints have when published, by Aspire's rules: what is declared stays; a container listens on the port that others reach it on; the
/// first HTTP and the first HTTPS endpoint of a project are the deployment tool's to choose, as it knows what its images listen on; anything else gets a
/// port that nobody has.
/// </summary>
internal static class PublishedPorts
{
    public static IReadOnlyList<ResolvedEndpoint> Resolve(IResource resource, IPortAllocator allocator)
    {
        var resolved = new List<ResolvedEndpoint>();
        var chosenByTool = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var isFirstOfScheme = resource is ProjectResource && IsHttp(endpoint) && chosenByTool.Add(endpoint.UriScheme);
            var target = Target(resource, endpoint, isFirstOfScheme, allocator);
            var exposed = Exposed(endpoint, target, allocator);
            foreach (var port in (int?[])[exposed, target])
            {
                if (port is { } used)
                {
                    allocator.AddUsedPort(used);
                }
            }

            resolved.Add(new() { Endpoint = endpoint, TargetPort = target, ExposedPort = exposed });
        }

        return resolved;
    }

    private static ResolvedPort Target(IResource resource, EndpointAnnotation endpoint, bool isFirstOfScheme, IPortAllocator allocator) => (Declared(endpoint.TargetPort), Declared(endpoint.Port)) switch
    {
        ({ } port, _) => ResolvedPort.Explicit(port),
        (null, { } port) when resource is ContainerResource => ResolvedPort.Implicit(port),
        _ when isFirstOfScheme => ResolvedPort.None(),
        _ => ResolvedPort.Allocated(allocator.AllocatePort()),
    };

    private static ResolvedPort Exposed(EndpointAnnotation endpoint, ResolvedPort target, IPortAllocator allocator) => (Declared(endpoint.Port), target.Value) switch
    {
        ({ } port, _) => ResolvedPort.Explicit(port),
        (null, { } port) => ResolvedPort.Implicit(port),
        _ when IsHttp(endpoint) => ResolvedPort.None(),
        _ => ResolvedPort.Allocated(allocator.AllocatePort()),
    };

    // Zero is how some say "any".
    private static int? Declared(int? port) => port == 0 ? null : port;

    private static bool IsHttp(EndpointAnnotation endpoint) => endpoint.UriScheme is "http" or "https";
}
