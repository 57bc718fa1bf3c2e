namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where an endpoint is reached.</summary>
public class AllocatedEndpoint
{
    /// <summary>Creates an allocated endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="address">The host.</param>
    /// <param name="port">The port, from 1 to 65535.</param>
    /// <param name="bindingMode">Which addresses it listens on.</param>
    /// <param name="targetPortExpression">What the port that the resource itself listens on is written as; the engine fills it in.</param>
    /// <param name="networkId">The network that the address is valid on; the machine's own if null.</param>
    public AllocatedEndpoint(
        EndpointAnnotation endpoint, string address, int port, EndpointBindingMode bindingMode, string? targetPortExpression = null, NetworkIdentifier? networkId = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        Endpoint = endpoint;
        Address = address;
        Port = port;
        BindingMode = bindingMode;
        TargetPortExpression = targetPortExpression;
        NetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
    }

    /// <summary>Creates an allocated endpoint that listens on one address of the machine.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="address">The host.</param>
    /// <param name="port">The port, from 1 to 65535.</param>
    /// <param name="targetPortExpression">What the port that the resource itself listens on is written as; the engine fills it in.</param>
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
        : this(endpoint, address, port, EndpointBindingMode.SingleAddress, targetPortExpression, null)
    {
    }

    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; }

    /// <summary>The host.</summary>
    public string Address { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Which addresses it listens on.</summary>
    public EndpointBindingMode BindingMode { get; }

    /// <summary>What the port that the resource itself listens on is written as; the engine fills it in.</summary>
    public string? TargetPortExpression { get; }

    /// <summary>The network that the address is valid on.</summary>
    public NetworkIdentifier NetworkID { get; }

    /// <summary>The scheme.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>The host and the port.</summary>
    public string EndPointString => $"{Address}:{Port}";

    /// <summary>The whole address.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc />
    public override string ToString() => UriString;
}
