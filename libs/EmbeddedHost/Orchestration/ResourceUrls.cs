using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>The links that the dashboard shows for a resource: its endpoints, and what its declaration made of them.</summary>
internal sealed class ResourceUrls(DistributedApplicationExecutionContext executionContext, ResourceLoggerService loggers)
{
    /// <summary>Works out a resource's links once its endpoints are allocated. A callback that throws loses the links, not the resource.</summary>
    public async Task<ImmutableArray<UrlSnapshot>> ResolveAsync(IResource resource, CancellationToken cancellationToken)
    {
        var declared = resource.Annotations.OfType<ResourceUrlAnnotation>().ToList();
        var urls = OfEndpoints(resource).Concat(declared).ToList();
        try
        {
            var context = new ResourceUrlsCallbackContext(executionContext, resource, urls, cancellationToken);
            foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToList())
            {
                await callback.Callback(context).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            loggers.GetLogger(resource).LogError(e, "The urls of '{Resource}' could not be worked out.", resource.Name);
        }

        foreach (var url in urls.Except(declared))
        {
            if (url.Url.StartsWith('/') && url.Endpoint is { IsAllocated: true } endpoint)
            {
                url.Url = endpoint.Url.TrimEnd('/') + url.Url;
            }

            resource.Annotations.Add(url);
        }

        return [.. urls.OrderByDescending(url => url.DisplayOrder ?? 0).Select((url, order) => Snapshot(url, urls.Count - order))];
    }

    private static IEnumerable<ResourceUrlAnnotation> OfEndpoints(IResource resource) =>
        resource is IResourceWithEndpoints withEndpoints
            ? withEndpoints.GetEndpoints().Where(e => e.IsAllocated).Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e })
            : [];

    // A link to an endpoint is shown as live only once the resource runs.
    private static UrlSnapshot Snapshot(ResourceUrlAnnotation url, int order) =>
        new(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            IsInactive = url.Endpoint is not null,
            DisplayProperties = new(url.DisplayText ?? "", order),
        };
}
