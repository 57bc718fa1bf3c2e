namespace Aspire.Hosting.Publishing;

/// <summary>Where an image is going to.</summary>
public enum ContainerImageDestination
{
    /// <summary>To a registry.</summary>
    Registry,

    /// <summary>To a file, which somebody takes elsewhere.</summary>
    Archive,
}
