namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names a health check of a resource.</summary>
/// <param name="key">The name that the check is registered by.</param>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The name that the check is registered by.</summary>
    public string Key { get; } = key;
}
