namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of a resource before anything is published about it.</summary>
public class ResourceSnapshotAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    /// <param name="initialSnapshot">The snapshot to begin with.</param>
    public ResourceSnapshotAnnotation(CustomResourceSnapshot initialSnapshot)
    {
        ArgumentNullException.ThrowIfNull(initialSnapshot);
        InitialSnapshot = initialSnapshot;
    }

    /// <summary>The snapshot to begin with.</summary>
    public CustomResourceSnapshot InitialSnapshot { get; }
}
