using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads what was declared about resources.</summary>
public static partial class ResourceExtensions
{
    /// <summary>The annotation of a type that was added last.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <param name="annotation">The annotation, if there is one.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation) where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    /// <summary>The annotations of a type, in the order in which they were added.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <param name="result">The annotations, if there are any.</param>
    /// <returns>Whether there are any.</returns>
    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result) where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        var found = resource.Annotations.OfType<T>().ToList();
        result = found.Count > 0 ? found : null;
        return result is not null;
    }

    /// <summary>Whether there is an annotation of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>Whether there is one.</returns>
    public static bool HasAnnotationOfType<T>(this IResource resource) where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.Annotations.OfType<T>().Any();
    }

    /// <summary>The annotations of a type on the resource, then on the one that it lives inside, and so on.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <param name="result">The annotations, if there are any.</param>
    /// <returns>Whether there are any.</returns>
    public static bool TryGetAnnotationsIncludingAncestorsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result) where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        var found = WithAncestors(resource).SelectMany(r => r.Annotations.OfType<T>()).ToList();
        result = found.Count > 0 ? found : null;
        return result is not null;
    }

    /// <summary>Whether there is an annotation of a type on the resource, or on one that it lives inside.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>Whether there is one.</returns>
    public static bool HasAnnotationIncludingAncestorsOfType<T>(this IResource resource) where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        return WithAncestors(resource).Any(r => r.HasAnnotationOfType<T>());
    }

    /// <summary>How many replicas the resource runs as.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The number; 1 if none was declared.</returns>
    public static int GetReplicaCount(this IResource resource) => resource.TryGetLastAnnotation<ReplicaAnnotation>(out var annotation) ? annotation.Replicas : 1;

    /// <summary>The addresses that the dashboard shows for the resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="urls">The addresses, if there are any.</param>
    /// <returns>Whether there are any.</returns>
    public static bool TryGetUrls(this IResource resource, [NotNullWhen(true)] out IEnumerable<ResourceUrlAnnotation>? urls) => resource.TryGetAnnotationsOfType(out urls);

    private static IEnumerable<IResource> WithAncestors(IResource resource)
    {
        for (IResource? next = resource; next is not null; next = (next as IResourceWithParent)?.Parent)
        {
            yield return next;
        }
    }
}
