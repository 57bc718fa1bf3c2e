namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>Whether the resource is left out of what is published.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsExcludedFromPublish(this IResource resource) =>
        resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var annotation) && annotation.Callback is null;
}
