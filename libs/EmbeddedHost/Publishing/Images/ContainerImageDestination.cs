using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Publishing;

/// <summary>Where an image is going to.</summary>
[Experimental("ASPIREPIPELINES003")]
public enum ContainerImageDestination
{
    /// <summary>To a registry.</summary>
    Registry,

    /// <summary>To a file, which somebody takes elsewhere.</summary>
    Archive,
}
