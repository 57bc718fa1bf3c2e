using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares registries.</summary>
public static class ContainerRegistryResourceBuilderExtensions
{
    /// <summary>Adds a registry. If it is the only one, every image is pushed to it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="endpoint">The registry's address, such as <c>ghcr.io</c>.</param>
    /// <param name="repository">What comes before the names of images, such as <c>team/shop</c>; null for nothing.</param>
    /// <returns>The registry.</returns>
    [Experimental("ASPIRECOMPUTE003")]
    public static IResourceBuilder<ContainerRegistryResource> AddContainerRegistry(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string endpoint, string? repository = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpoint);
        return builder.Add(new(name, ReferenceExpression.Create($"{endpoint}"), repository is null ? null : ReferenceExpression.Create($"{repository}")));
    }

    /// <summary>Adds a registry whose address is a parameter. If it is the only one, every image is pushed to it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="endpoint">The registry's address.</param>
    /// <param name="repository">What comes before the names of images; null for nothing.</param>
    /// <returns>The registry.</returns>
    [Experimental("ASPIRECOMPUTE003")]
    public static IResourceBuilder<ContainerRegistryResource> AddContainerRegistry(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource> endpoint,
        IResourceBuilder<ParameterResource>? repository = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return builder.Add(new(name, ReferenceExpression.Create($"{endpoint}"), repository is null ? null : ReferenceExpression.Create($"{repository}")));
    }

    /// <summary>Says which registry the resource's image is pushed to.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <typeparam name="TContainerRegistry">The registry's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="registry">The registry.</param>
    /// <returns>The builder.</returns>
    [Experimental("ASPIRECOMPUTE003")]
    public static IResourceBuilder<TDestination> WithContainerRegistry<TDestination, TContainerRegistry>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<TContainerRegistry> registry)
        where TDestination : IResource
        where TContainerRegistry : IResource, IContainerRegistry
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(registry);
        return builder.WithAnnotation(new ContainerRegistryReferenceAnnotation(registry.Resource));
    }

    // Nothing is pushed in a run, so the registry is no part of one.
    private static IResourceBuilder<ContainerRegistryResource> Add(this IDistributedApplicationBuilder builder, ContainerRegistryResource registry)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ExecutionContext.IsRunMode ? builder.CreateResourceBuilder(registry) : builder.AddResource(registry).ExcludeFromManifest();
    }
}
