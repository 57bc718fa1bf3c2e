namespace Aspire.Hosting.ApplicationModel;

internal static class HealthCheckKeys
{
    /// <summary>The names of the checks that tell whether a resource is healthy: its own, and those of what it lives inside.</summary>
    public static IReadOnlyList<string> Of(IResource resource)
    {
        var keys = new List<string>();
        for (var holder = resource; holder is not null; holder = (holder as IResourceWithParent)?.Parent)
            keys.AddRange(holder.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key));
        return [.. keys.Distinct()];
    }
}
