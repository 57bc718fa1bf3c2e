namespace AspireDeploy.Model;

/// <summary>
/// The one place where requests come in from outside and where TLS ends: a load balancer in front of the workloads' replicas.
/// </summary>
internal sealed record PublicGateway
{
    /// <summary>Gets the resource's name in the declaration: <c>gateway</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets which paths go where; the longest prefix that matches wins. Longest first, then ordinal.</summary>
    public required EquatableArray<Route> Routes { get; init; }

    /// <summary>Gets the name in the URL, a literal or a parameter: <c>shop.example.com</c>, <c>localhost</c>.</summary>
    public required Template Host { get; init; }

    /// <summary>Gets how HTTPS is served: not at all, or with whose certificate.</summary>
    public CertificateMode Certificate { get; init; } = CertificateMode.None;

    /// <summary>Whom a certificate authority writes to, for <see cref="CertificateMode.Automatic"/>; null: nobody.</summary>
    public string? CertificateEmail { get; init; }

    /// <summary>Gets a value that indicates whether HTTP only sends on to HTTPS, where HTTPS is served. Defaults to true.</summary>
    public bool RedirectToHttps { get; init; } = true;

    /// <summary>Gets the port for HTTP. Defaults to 80.</summary>
    public int HttpPort { get; init; } = 80;

    /// <summary>Gets the port for HTTPS. Defaults to 443.</summary>
    public int HttpsPort { get; init; } = 443;

    /// <summary>Gets the memory of the container that serves it, where a target runs one.</summary>
    public Memory Memory { get; init; } = new(Size.Mebibytes(64), Size.Mebibytes(256));

    /// <summary>Gets its name as a DNS label, in lower case.</summary>
    public string Label => Name.ToLowerInvariant();

    /// <summary>Gets a value that indicates whether HTTPS is served.</summary>
    public bool IsHttps => Certificate != CertificateMode.None;
}

/// <summary>Describes where requests under a path go.</summary>
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
