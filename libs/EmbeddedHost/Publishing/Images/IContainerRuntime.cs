using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>A container engine on this machine: Docker or Podman.</summary>
[Experimental("ASPIRECONTAINERRUNTIME001")]
public interface IContainerRuntime
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Whether it answers.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it does.</returns>
    Task<bool> CheckIfRunningAsync(CancellationToken cancellationToken);

    /// <summary>Gives an image another name.</summary>
    /// <param name="localImageName">The image.</param>
    /// <param name="targetImageName">The other name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it has that name.</returns>
    Task TagImageAsync(string localImageName, string targetImageName, CancellationToken cancellationToken);

    /// <summary>Removes an image.</summary>
    /// <param name="imageName">The image.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is gone.</returns>
    Task RemoveImageAsync(string imageName, CancellationToken cancellationToken);

    /// <summary>Pushes the image of a resource to its registry.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is there.</returns>
    Task PushImageAsync(IResource resource, CancellationToken cancellationToken);

    /// <summary>Logs in to a registry.</summary>
    /// <param name="registryServer">Its address.</param>
    /// <param name="username">The user.</param>
    /// <param name="password">The password; it stands on no command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is logged in.</returns>
    Task LoginToRegistryAsync(string registryServer, string username, string password, CancellationToken cancellationToken);
}
