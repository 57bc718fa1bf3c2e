namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says how many replicas a resource runs as.</summary>
/// <param name="replicas">The number.</param>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>The number.</summary>
    public int Replicas { get; } = replicas;
}
