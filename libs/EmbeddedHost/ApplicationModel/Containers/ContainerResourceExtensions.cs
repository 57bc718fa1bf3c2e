using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;

namespace Aspire.Hosting;

/// <summary>Reads what was declared about containers.</summary>
public static class ContainerResourceExtensions
{
    /// <summary>The containers of an application.</summary>
    /// <param name="model">The application.</param>
    /// <returns>The containers.</returns>
    public static IEnumerable<IResource> GetContainerResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.Where(IsContainer);
    }

    /// <summary>Whether a resource runs as a container. A backing service that runs as a process does not.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsContainer(this IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.HasAnnotationOfType<ContainerImageAnnotation>() && !resource.HasAnnotationOfType<ProcessBackingAnnotation>();
    }
}
