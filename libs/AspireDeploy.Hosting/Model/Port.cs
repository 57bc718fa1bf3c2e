namespace AspireDeploy.Model;

/// <summary>A port that a workload's process listens on.</summary>
/// <param name="Name">How references name it: <c>http</c>, <c>tcp</c>.</param>
/// <param name="Number">The port inside the container.</param>
/// <param name="Scheme">What a URL to it begins with: <c>http</c>, <c>https</c>, <c>tcp</c>, <c>redis</c>.</param>
internal sealed record Port(string Name, int Number, string Scheme)
{
    /// <summary>Gets the transport. Defaults to TCP.</summary>
    public PortProtocol Protocol { get; init; } = PortProtocol.Tcp;

    /// <summary>
    /// Gets a value that indicates whether it is reached from outside the deployment by itself, past the gateway. Defaults to false.
    /// </summary>
    public bool External { get; init; }

    /// <summary>Gets the port outside, for an external one; null means the same number.</summary>
    public int? ExternalNumber { get; init; }

    /// <summary>
    /// Gets a value that indicates whether HTTPS is expected of it outside, for an external one that speaks HTTP: TLS has to end before it.
    /// Defaults to false.
    /// </summary>
    public bool ExternalTls { get; init; }

    /// <summary>
    /// Gets whether HTTPS is expected of it outside beside HTTP, for an external one that speaks HTTP. Defaults to false.
    /// </summary>
    public bool ExternalTlsBeside { get; init; }

    /// <summary>Gets whether it speaks HTTP/2 without TLS and nothing older, as gRPC services do. Defaults to false.</summary>
    public bool Http2 { get; init; }

    /// <summary>Gets a value that indicates whether it speaks HTTP.</summary>
    public bool IsHttp => Scheme is "http" or "https";
}

/// <summary>A port's transport.</summary>
internal enum PortProtocol
{
    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,
}
