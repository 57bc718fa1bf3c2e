using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>What is mounted in the container.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="volumeMounts">The mounts, if there are any.</param>
    /// <returns>Whether there are any.</returns>
    public static bool TryGetContainerMounts(this IResource resource, [NotNullWhen(true)] out IEnumerable<ContainerMountAnnotation>? volumeMounts) =>
        resource.TryGetAnnotationsOfType(out volumeMounts);

    /// <summary>The image of the container, as it is written.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="imageName">The image, if there is one.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetContainerImageName(this IResource resource, [NotNullWhen(true)] out string? imageName)
    {
        imageName = resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image) ? image.Reference : null;
        return imageName is not null;
    }
}
