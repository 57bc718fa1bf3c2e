using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares things about resources whose life code of one's own drives.</summary>
public static class CustomResourceExtensions
{
    /// <summary>Says what is known of a resource before anything is published about it.</summary>
    /// <typeparam name="TResource">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="initialSnapshot">The snapshot to begin with.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TResource> WithInitialState<TResource>(this IResourceBuilder<TResource> builder, CustomResourceSnapshot initialSnapshot)
        where TResource : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ResourceSnapshotAnnotation(initialSnapshot), ResourceAnnotationMutationBehavior.Replace);
    }
}
