namespace Aspire.Hosting.Dcp;

/// <summary>A volume of containers; it stays when DCP ends.</summary>
internal sealed class ContainerVolume : DcpObject, IDcpObject<ContainerVolume>
{
    public static string Plural => "containervolumes";

    public override string Kind => nameof(ContainerVolume);

    public required ContainerVolumeSpec Spec { get; init; }
}

internal sealed class ContainerVolumeSpec
{
    public required string Name { get; init; }

    public bool? Persistent { get; init; }
}
