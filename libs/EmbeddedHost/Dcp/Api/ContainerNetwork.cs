namespace Aspire.Hosting.Dcp;

/// <summary>A network that containers share; removed with DCP unless it is persistent.</summary>
internal sealed class ContainerNetwork : DcpObject, IDcpObject<ContainerNetwork>
{
    public static string Plural => "containernetworks";

    public override string Kind => nameof(ContainerNetwork);

    public required ContainerNetworkSpec Spec { get; init; }

    public ContainerNetworkStatus? Status { get; init; }
}

internal sealed class ContainerNetworkSpec
{
    public required string NetworkName { get; init; }

    public bool? Persistent { get; init; }
}

internal sealed class ContainerNetworkStatus
{
    /// <summary><c>Pending</c>, <c>Running</c> or <c>FailedToStart</c>; also <c>Removed</c> and <c>NotFound</c>.</summary>
    public string? State { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Message { get; init; }
}
