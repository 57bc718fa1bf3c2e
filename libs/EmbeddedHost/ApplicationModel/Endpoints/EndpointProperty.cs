namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of an endpoint's address.</summary>
public enum EndpointProperty
{
    /// <summary>The whole, such as <c>http://localhost:5080</c>.</summary>
    Url,

    /// <summary>The host.</summary>
    Host,

    /// <summary>The host as an IPv4 address.</summary>
    IPV4Host,

    /// <summary>The port that others reach it on.</summary>
    Port,

    /// <summary>The scheme, such as <c>http</c>.</summary>
    Scheme,

    /// <summary>The port that the resource itself listens on.</summary>
    TargetPort,

    /// <summary>The host and the port, such as <c>localhost:5080</c>.</summary>
    HostAndPort,

    /// <summary>Whether it speaks TLS: <c>True</c> or <c>False</c>.</summary>
    TlsEnabled,
}
