namespace Aspire.Hosting.Dcp;

/// <summary>Lets containers reach services of the machine itself, which listen on loopback: DCP runs a container on their network that passes connections on.</summary>
internal sealed class ContainerNetworkTunnelProxy : DcpObject, IDcpObject<ContainerNetworkTunnelProxy>
{
    public static string Plural => "containernetworktunnelproxies";

    public override string Kind => nameof(ContainerNetworkTunnelProxy);

    public required ContainerNetworkTunnelProxySpec Spec { get; init; }

    public ContainerNetworkTunnelProxyStatus? Status { get; init; }
}

internal sealed class ContainerNetworkTunnelProxySpec
{
    public required string ContainerNetworkName { get; init; }

    /// <summary>The names that containers find it by.</summary>
    public required List<string> Aliases { get; init; }

    public required List<TunnelConfiguration> Tunnels { get; init; }
}

/// <summary>One way in.</summary>
/// <param name="Name">A name of its own in the proxy.</param>
/// <param name="ServerServiceName">The service of the machine that it leads to.</param>
/// <param name="ClientServiceName">The service that gets its address on the containers' network.</param>
internal sealed record TunnelConfiguration(string Name, string ServerServiceName, string ClientServiceName);

internal sealed class ContainerNetworkTunnelProxyStatus
{
    /// <summary><c>Pending</c>, <c>BuildingImage</c>, <c>Starting</c>, <c>Running</c> or <c>Failed</c>.</summary>
    public string? State { get; init; }

    public string? Message { get; init; }
}
