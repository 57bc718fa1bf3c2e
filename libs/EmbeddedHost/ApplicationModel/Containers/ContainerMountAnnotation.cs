namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is mounted into a container.</summary>
/// <param name="source">The volume's name or the directory; null for a volume without a name.</param>
/// <param name="target">Where it is mounted.</param>
/// <param name="type">Whether it is a volume or a directory.</param>
/// <param name="isReadOnly">Whether it can't be written.</param>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    /// <summary>The volume's name or the directory; null for a volume without a name.</summary>
    public string? Source { get; } = source;

    /// <summary>Where it is mounted.</summary>
    public string Target { get; } = target;

    /// <summary>Whether it is a volume or a directory.</summary>
    public ContainerMountType Type { get; } = type;

    /// <summary>Whether it can't be written.</summary>
    public bool IsReadOnly { get; } = isReadOnly;
}
