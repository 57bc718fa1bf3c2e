namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is mounted in a container.</summary>
public enum ContainerMountType
{
    /// <summary>A directory or file of the host.</summary>
    BindMount,

    /// <summary>A volume.</summary>
    Volume,
}
