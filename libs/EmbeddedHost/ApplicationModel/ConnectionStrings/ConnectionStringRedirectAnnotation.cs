namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that the connection string of a resource is that of another.</summary>
/// <param name="resource">The other resource.</param>
public class ConnectionStringRedirectAnnotation(IResourceWithConnectionString resource) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResourceWithConnectionString Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));
}
