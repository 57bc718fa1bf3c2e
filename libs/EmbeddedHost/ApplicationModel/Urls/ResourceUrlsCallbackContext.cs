using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a callback that changes addresses is given.</summary>
/// <param name="executionContext">What the AppHost was started for.</param>
/// <param name="resource">The resource.</param>
/// <param name="urls">The addresses known so far; none if null.</param>
/// <param name="cancellationToken">Ends the work.</param>
public class ResourceUrlsCallbackContext(
    DistributedApplicationExecutionContext executionContext,
    IResource resource,
    List<ResourceUrlAnnotation>? urls = null,
    CancellationToken cancellationToken = default)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The addresses known so far.</summary>
    public List<ResourceUrlAnnotation> Urls { get; } = urls ?? [];

    /// <summary>What the AppHost was started for.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext ?? throw new ArgumentNullException(nameof(executionContext));

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Writes to the log of the resource.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>An endpoint of the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The endpoint; null if the resource can't have any.</returns>
    public EndpointReference? GetEndpoint(string name) => (Resource as IResourceWithEndpoints)?.GetEndpoint(name);

    /// <summary>An endpoint of the resource as a network sees it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="contextNetworkId">The network.</param>
    /// <returns>The endpoint; null if the resource can't have any.</returns>
    public EndpointReference? GetEndpoint(string name, NetworkIdentifier contextNetworkId) => (Resource as IResourceWithEndpoints)?.GetEndpoint(name, contextNetworkId);
}
