namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a resource relates to another.</summary>
/// <param name="resource">The other.</param>
/// <param name="type">The relation, such as <c>Reference</c>, <c>WaitFor</c> or <c>Parent</c>.</param>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The relation.</summary>
    public string Type { get; } = type;
}
