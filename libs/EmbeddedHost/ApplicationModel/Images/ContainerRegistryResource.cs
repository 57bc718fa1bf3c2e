using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A registry that images are pushed to.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="endpoint">Its address, such as <c>ghcr.io</c>.</param>
/// <param name="repository">What comes before the names of images; null for nothing.</param>
[Experimental("ASPIRECOMPUTE003")]
public class ContainerRegistryResource(string name, ReferenceExpression endpoint, ReferenceExpression? repository = null) : Resource(name), IContainerRegistry
{
    ReferenceExpression IContainerRegistry.Name => ReferenceExpression.Create($"{Name}");

    ReferenceExpression IContainerRegistry.Endpoint => endpoint;

    ReferenceExpression? IContainerRegistry.Repository => repository;
}
