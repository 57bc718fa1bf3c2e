using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that a resource listens on.</summary>
[DebuggerDisplay("Endpoint: {Name}")]
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private int? _port;
    private int? _targetPort;
    private bool _portIsNone;
    private bool _targetPortIsNone;
    private string? _transport;
    private bool? _isProxied;
    private bool? _tlsEnabled;

    /// <summary>Declares an endpoint on the machine's own network.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="uriScheme">The scheme of its address; that of the protocol if null.</param>
    /// <param name="transport">How it is spoken, such as <c>http</c> or <c>http2</c>; what goes with the scheme if null.</param>
    /// <param name="name">Its name, unique on the resource; the scheme if null.</param>
    /// <param name="port">The port that others reach it on; any free one if null.</param>
    /// <param name="targetPort">The port that the resource itself listens on; given by the engine if null.</param>
    /// <param name="isExternal">Whether it is reached from outside when deployed; false if null.</param>
    /// <param name="isProxied">Whether the engine listens for it and passes connections on, which replicas need; true if null.</param>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
        : this(protocol, null, uriScheme, transport, name, port, targetPort, isExternal, isProxied)
    {
    }

    /// <summary>Declares an endpoint.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="networkId">The network that it listens on; the machine's own if null.</param>
    /// <param name="uriScheme">The scheme of its address; that of the protocol if null.</param>
    /// <param name="transport">How it is spoken, such as <c>http</c> or <c>http2</c>; what goes with the scheme if null.</param>
    /// <param name="name">Its name, unique on the resource; the scheme if null.</param>
    /// <param name="port">The port that others reach it on; any free one if null.</param>
    /// <param name="targetPort">The port that the resource itself listens on; given by the engine if null.</param>
    /// <param name="isExternal">Whether it is reached from outside when deployed; false if null.</param>
    /// <param name="isProxied">Whether the engine listens for it and passes connections on, which replicas need; true if null.</param>
    public EndpointAnnotation(
        ProtocolType protocol,
        NetworkIdentifier? networkId,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? ProtocolName;
        Name = name ?? UriScheme;
        ResourceNameRules.Check(Name, NameValidationPolicyAnnotation.Default, "Endpoint");
        _transport = transport;
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        _isProxied = isProxied;
        DefaultNetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
        AllAllocatedEndpoints.TryAdd(DefaultNetworkID, AllocatedEndpointSnapshot);
    }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The scheme of its address.</summary>
    public string UriScheme { get; set; }

    /// <summary>How it is spoken.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme.ToUpperInvariant() is "HTTP" or "HTTPS" ? "http" : ProtocolName);
        set => _transport = value;
    }

    /// <summary>Its name, unique on the resource.</summary>
    public string Name { get; set; }

    /// <summary>The port that others reach it on; any free one if null. Without a proxy it is the target port, unless set.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied || _portIsNone ? null : _targetPort);
        set
        {
            _port = value;
            _portIsNone = value is null;
        }
    }

    /// <summary>The port that the resource itself listens on; given by the engine if null. Without a proxy it is the port, unless set.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied || _targetPortIsNone ? null : _port);
        set
        {
            _targetPort = value;
            _targetPortIsNone = value is null;
        }
    }

    /// <summary>The host that the resource listens on. The default is <c>localhost</c>.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Whether it is reached from outside when deployed.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether the engine listens for it and passes connections on.</summary>
    public bool IsProxied
    {
        get => _isProxied ?? true;
        set => _isProxied = value;
    }

    /// <summary>What was said about the proxy; null if nothing was.</summary>
    public bool? IsExplicitlyProxied
    {
        get => _isProxied;
        set => _isProxied = value;
    }

    /// <summary>Whether a reference to the resource leaves it out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>Whether it speaks TLS; as the scheme says, unless set.</summary>
    public bool TlsEnabled
    {
        get => _tlsEnabled ?? string.Equals(UriScheme, "https", StringComparison.OrdinalIgnoreCase);
        set => _tlsEnabled = value;
    }

    /// <summary>The network that it listens on.</summary>
    public NetworkIdentifier DefaultNetworkID { get; }

    /// <summary>Where it is reached on its own network; null until the application has started.</summary>
    /// <exception cref="InvalidOperationException">The address that is set belongs to another network.</exception>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => AllAllocatedEndpoints.Known(DefaultNetworkID);
        set
        {
            if (value is null)
            {
                AllocatedEndpointSnapshot.SetException(new InvalidOperationException($"The endpoint '{Name}' is not allocated."));
            }
            else if (value.NetworkID != DefaultNetworkID)
            {
                throw new InvalidOperationException($"The endpoint '{Name}' listens on network '{DefaultNetworkID}', but the address is valid on '{value.NetworkID}'.");
            }
            else
            {
                AllocatedEndpointSnapshot.SetValue(value);
            }
        }
    }

    /// <summary>Where it is reached on its own network, once that is known.</summary>
    [Obsolete("Use AllAllocatedEndpoints.")]
    public ValueSnapshot<AllocatedEndpoint> AllocatedEndpointSnapshot { get; } = new();

    /// <summary>Where it is reached, network by network.</summary>
    public NetworkEndpointSnapshotList AllAllocatedEndpoints { get; } = [];

    /// <summary>The ports that instances themselves listen on behind a proxy, by the instance's name, as far as they are known.</summary>
    internal ConcurrentDictionary<string, int> InstancePorts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the launch profile of a project declared it, rather than the application.</summary>
    internal bool FromLaunchProfile { get; set; }

    /// <summary>The environment variable that tells the resource the target port; null if none was asked for.</summary>
    internal string? TargetPortVariable { get; set; }

    /// <summary>Where it is reached on a network; on its own if nothing is known of the other.</summary>
    internal Task<AllocatedEndpoint> OnNetwork(NetworkIdentifier network) =>
        AllAllocatedEndpoints.GetAllocatedEndpointAsync(AllAllocatedEndpoints.Any(known => known.NetworkID == network) ? network : DefaultNetworkID);

    private string ProtocolName => Protocol == ProtocolType.Udp ? "udp" : "tcp";
}
