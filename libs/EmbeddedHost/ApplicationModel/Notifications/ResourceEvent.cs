namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something became known about a resource.</summary>
/// <param name="resource">The resource.</param>
/// <param name="resourceId">Which of its instances; the resource's name if it has no instances of their own.</param>
/// <param name="snapshot">All that is now known.</param>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Which of its instances; the resource's name if it has no instances of their own.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>All that is now known.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
