namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource has to do with another; shown by the dashboard.</summary>
/// <param name="resource">The other resource.</param>
/// <param name="type">In what way, such as <c>Reference</c>.</param>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>In what way.</summary>
    public string Type { get; } = type;
}
