using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Builds and pushes the images of resources.</summary>
[Experimental("ASPIREPIPELINES003")]
public interface IResourceContainerImageManager
{
    /// <summary>Builds the image of a resource, if it has a source to build it from.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when the image is there.</returns>
    /// <exception cref="DistributedApplicationException">It can't be built.</exception>
    Task BuildImageAsync(IResource resource, CancellationToken cancellationToken = default);

    /// <summary>Builds the images of resources, one after the other.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when the images are there.</returns>
    /// <exception cref="DistributedApplicationException">One of them can't be built.</exception>
    Task BuildImagesAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken = default);

    /// <summary>Pushes the image of a resource to its registry.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is there.</returns>
    /// <exception cref="DistributedApplicationException">There is no registry, or it doesn't take the image.</exception>
    Task PushImageAsync(IResource resource, CancellationToken cancellationToken);
}
