using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>What a resource's image is called in its registry.</summary>
internal static class RemoteImage
{
    /// <exception cref="DistributedApplicationException">The resource has no registry.</exception>
    public static async Task<string> OfAsync(IResource resource, CancellationToken cancellationToken)
    {
        var registry = Registry(resource) ?? throw new DistributedApplicationException(
            $"It isn't said which registry the image of '{resource.Name}' is pushed to. Add one with AddContainerRegistry, or pick one of several with WithContainerRegistry.");
        var options = new ContainerImagePushOptions { RemoteImageName = resource.Name.ToLowerInvariant(), RemoteImageTag = "latest" };
        var context = new ContainerImagePushOptionsCallbackContext { Resource = resource, Options = options, CancellationToken = cancellationToken };
        foreach (var annotation in resource.Annotations.OfType<ContainerImagePushOptionsCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return await options.GetFullRemoteImageNameAsync(registry, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The registry that the resource names, else that of what it is deployed as, else the only one of the application.</summary>
    private static IContainerRegistry? Registry(IResource resource)
    {
        var own = resource.Annotations.OfType<ContainerRegistryReferenceAnnotation>().LastOrDefault()?.Registry ?? resource.GetDeploymentTargetAnnotation()?.ContainerRegistry;
        var all = resource.Annotations.OfType<RegistryTargetAnnotation>().ToList();
        return own ?? (all is [var only] ? only.Registry : null);
    }
}
