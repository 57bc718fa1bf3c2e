using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

internal static class ResourceInstanceExtensions
{
    /// <summary>The instances that a resource runs as; none if the engine doesn't run it.</summary>
    public static ImmutableArray<ResourceInstance> Instances(this IResource resource)
        => resource.Annotations.OfType<ResourceInstancesAnnotation>().LastOrDefault()?.Instances ?? [];

    /// <summary>The ids under which things are published and logged about a resource: those of its instances, or its name.</summary>
    public static ImmutableArray<string> InstanceIds(this IResource resource)
        => resource.Instances() is { IsEmpty: false } instances ? [.. instances.Select(i => i.Id)] : [resource.Name];

    /// <summary>The name by which a person knows an instance: the resource's, unless it has several.</summary>
    public static string InstanceDisplayName(this IResource resource, string resourceId)
        => resource.Instances().Length > 1 ? resourceId : resource.Name;
}
