using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource's image is called in a registry, to be changed.</summary>
[Experimental("ASPIREPIPELINES003")]
public sealed class ContainerImagePushOptionsCallbackContext
{
    /// <summary>The resource.</summary>
    public required IResource Resource { get; init; }

    /// <summary>What its image is called; to begin with, like the resource, <c>latest</c>.</summary>
    public required ContainerImagePushOptions Options { get; init; }

    /// <summary>Gives up.</summary>
    public required CancellationToken CancellationToken { get; init; }
}
