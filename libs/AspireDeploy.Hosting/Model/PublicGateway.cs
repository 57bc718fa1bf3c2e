namespace AspireDeploy.Model;

/// <summary>
/// The one place where requests come in from outside and where TLS ends: a load balancer in front of the workloads' replicas.
/// </summary>
internal sealed record PublicGateway
{
    /// <summary>The resource's name in the declaration: <c>gateway</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which paths go where; the longest prefix that matches wins. Longest first, then ordinal.</summary>
    public required EquatableArray<Route> Routes { get; init; }

    /// <summary>The name in the URL, a literal or a parameter: <c>shop.example.com</c>, <c>localhost</c>.</summary>
    public required Template Host { get; init; }

    /// <summary>Whether and with whose certificate HTTPS is served.</summary>
    public CertificateMode Certificate { get; init; } = CertificateMode.None;

    /// <summary>Whom a certificate authority writes to, for <see cref="CertificateMode.Automatic"/>; null: nobody.</summary>
    public string? CertificateEmail { get; init; }

    /// <summary>Whether HTTP only sends on to HTTPS, where HTTPS is served. True unless said.</summary>
    public bool RedirectToHttps { get; init; } = true;

    /// <summary>The port for HTTP. 80 unless said.</summary>
    public int HttpPort { get; init; } = 80;

    /// <summary>The port for HTTPS. 443 unless said.</summary>
    public int HttpsPort { get; init; } = 443;

    /// <summary>The memory of the container that serves it, where a target runs one.</summary>
    public Memory Memory { get; init; } = new(Size.Mebibytes(64), Size.Mebibytes(256));

    /// <summary>Its name as a DNS label, in lower case.</summary>
    public string Label => Name.ToLowerInvariant();

    /// <summary>Whether HTTPS is served.</summary>
    public bool IsHttps => Certificate != CertificateMode.None;
}

/// <summary>Where requests under a path go.</summary>
/// <param name="PathPrefix"><c>/</c> for all, or a prefix without a slash at its end: <c>/api</c> takes <c>/api</c> and what is under
/// it.</param>
/// <param name="Workload">A service's name.</param>
/// <param name="Port">The name of one of its HTTP ports.</param>
/// <param name="StripPrefix">Whether the prefix is taken off before the request is sent on.</param>
internal sealed record Route(string PathPrefix, string Workload, string Port, bool StripPrefix = false);

/// <summary>Whose certificate the gateway serves.</summary>
internal enum CertificateMode
{
    /// <summary>Plain HTTP.</summary>
    None,

    /// <summary>One from a public authority by ACME, renewed by itself; needs a public host name.</summary>
    Automatic,

    /// <summary>One from the gateway's own authority, for <c>localhost</c> and private names; browsers must be told to trust it.</summary>
    Internal,
}
