namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something mounted in a container.</summary>
public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    /// <summary>Declares a mount.</summary>
    /// <param name="source">The path on the host, which must be absolute, or the name of the volume; null for a volume without a name.</param>
    /// <param name="target">The path in the container.</param>
    /// <param name="type">What is mounted.</param>
    /// <param name="isReadOnly">Whether it can't be written to.</param>
    /// <exception cref="ArgumentException">The path on the host isn't absolute, or a volume without a name is read-only.</exception>
    public ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    {
        if (type == ContainerMountType.BindMount && !Path.IsPathRooted(source))
        {
            throw new ArgumentException($"'{source}' can't be mounted at '{target}': the path on the host must be absolute.", nameof(source));
        }

        if (type == ContainerMountType.Volume && string.IsNullOrEmpty(source) && isReadOnly)
        {
            throw new ArgumentException($"A volume without a name can't be mounted at '{target}' to be read alone: it would always be empty.", nameof(isReadOnly));
        }

        Source = source;
        Target = target;
        Type = type;
        IsReadOnly = isReadOnly;
    }

    /// <summary>The path on the host, or the name of the volume; null for a volume without a name.</summary>
    public string? Source { get; }

    /// <summary>The path in the container.</summary>
    public string Target { get; }

    /// <summary>What is mounted.</summary>
    public ContainerMountType Type { get; }

    /// <summary>Whether it can't be written to.</summary>
    public bool IsReadOnly { get; }
}
