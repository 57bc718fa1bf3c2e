using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Declares an endpoint.</summary>
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
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? (protocol == ProtocolType.Udp ? "udp" : "tcp");
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : protocol == ProtocolType.Udp ? "udp" : "tcp");
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied ?? true;
    }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The scheme of its address.</summary>
    public string UriScheme { get; set; }

    /// <summary>How it is spoken.</summary>
    public string Transport { get; set; }

    /// <summary>Its name, unique on the resource.</summary>
    public string Name { get; set; }

    /// <summary>The port that others reach it on; any free one if null.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the resource itself listens on; given by the engine if null.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The host that the resource listens on. The default is <c>localhost</c>.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Whether it is reached from outside when deployed.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether the engine listens for it and passes connections on.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Whether a reference to the resource leaves it out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>Whether it speaks TLS.</summary>
    public bool TlsEnabled { get; set; }

    /// <summary>Where it is reached; null until the application has started.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocated.Task.IsCompletedSuccessfully ? _allocated.Task.Result : null;
        set
        {
            if (value is not null)
            {
                _allocated.TrySetResult(value);
            }
        }
    }

    /// <summary>Whether the launch profile of a project declared it, rather than the application.</summary>
    internal bool FromLaunchProfile { get; init; }

    /// <summary>The variable that tells the resource where to listen, if its declaration names one.</summary>
    internal string? TargetPortEnvironmentVariable { get; set; }

    internal Task<AllocatedEndpoint> WhenAllocated => _allocated.Task;
}
