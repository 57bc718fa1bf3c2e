namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says which endpoints of another resource a resource is told of.</summary>
/// <param name="resource">The other resource.</param>
public sealed class EndpointReferenceAnnotation(IResourceWithEndpoints resource) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResourceWithEndpoints Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>Whether it is told of every endpoint that is not left out of references.</summary>
    public bool UseAllEndpoints { get; set; }

    /// <summary>The endpoints that it is told of by their names.</summary>
    public ISet<string> EndpointNames { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The network that the addresses are wanted for.</summary>
    public NetworkIdentifier ContextNetworkId { get; set; } = KnownNetworkIdentifiers.LocalhostNetwork;
}
