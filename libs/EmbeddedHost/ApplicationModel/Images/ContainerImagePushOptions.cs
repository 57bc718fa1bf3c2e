using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource's image is called in a registry.</summary>
[Experimental("ASPIREPIPELINES003")]
public sealed class ContainerImagePushOptions
{
    /// <summary>Its name, in which a host may come first, such as <c>ghcr.io/team/shop</c>: that wins over the registry's.</summary>
    public string? RemoteImageName { get; set; }

    /// <summary>Its tag; <c>latest</c> if null.</summary>
    public string? RemoteImageTag { get; set; }

    /// <summary>Its name with registry, repository and tag.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The name.</returns>
    /// <exception cref="InvalidOperationException">It has no name.</exception>
    public async Task<string> GetFullRemoteImageNameAsync(IContainerRegistry registry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var name = string.IsNullOrEmpty(RemoteImageName) ? throw new InvalidOperationException("The image has no name in the registry.") : RemoteImageName;
        var image = $"{name}:{(string.IsNullOrEmpty(RemoteImageTag) ? "latest" : RemoteImageTag)}";
        if (HasHost(name))
        {
            return image;
        }

        var endpoint = await registry.Endpoint.GetValueAsync(cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(endpoint))
        {
            return image;
        }

        var repository = registry.Repository is { } expression ? await expression.GetValueAsync(cancellationToken).ConfigureAwait(false) : null;
        return string.IsNullOrEmpty(repository) ? $"{endpoint}/{image}" : $"{endpoint}/{repository}/{image}";
    }

    // As Docker tells hosts from repositories: a dot, a port, or localhost before the first slash.
    private static bool HasHost(string name) =>
        name.Split('/') is [var first, _, ..] && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first.Equals("localhost", StringComparison.OrdinalIgnoreCase));
}
