namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is mounted into a container.</summary>
public enum ContainerMountType
{
    /// <summary>A directory of the machine.</summary>
    BindMount,

    /// <summary>A volume of the engine.</summary>
    Volume,
}
