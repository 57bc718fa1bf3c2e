using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>Whether the resource's image is built from its source.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Whether it is.</returns>
    public static bool RequiresImageBuild(this IResource resource) => resource is ProjectResource && !resource.IsExcludedFromPublish();

    /// <summary>Whether the resource's image is built from its source and runs where the application is deployed.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Whether it is.</returns>
    public static bool RequiresImageBuildAndPush(this IResource resource) => resource.RequiresImageBuild();

    /// <summary>Says how the resource's image is built.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Says it.</param>
    /// <returns>The builder.</returns>
    [Experimental("ASPIREPIPELINES003")]
    public static IResourceBuilder<T> WithContainerBuildOptions<T>(this IResourceBuilder<T> builder, Action<ContainerBuildOptionsCallbackContext> callback)
        where T : IResource, IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ContainerBuildOptionsCallbackAnnotation(callback));
    }

    /// <summary>Says how the resource's image is built.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Says it.</param>
    /// <returns>The builder.</returns>
    [Experimental("ASPIREPIPELINES003")]
    public static IResourceBuilder<T> WithContainerBuildOptions<T>(this IResourceBuilder<T> builder, Func<ContainerBuildOptionsCallbackContext, Task> callback)
        where T : IResource, IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ContainerBuildOptionsCallbackAnnotation(callback));
    }
}
