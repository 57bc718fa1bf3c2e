namespace Aspire.Hosting.ApplicationModel;

/// <summary>A health check of a resource, registered among the application's services under its key.</summary>
/// <param name="key">The key.</param>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;
}
