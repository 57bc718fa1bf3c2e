namespace AspireDeploy.Gateway.Limits;

/// <summary>Holds clients to the limits: what is larger is refused (431, 413), what is slower is cut off (408).</summary>
internal static class ServerLimits
{
    internal static void Apply(IWebHostBuilder host, RequestLimits limits) => host.ConfigureKestrel(server =>
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        server.Limits.MaxRequestLineSize = Math.Min(server.Limits.MaxRequestLineSize, limits.HeaderBytes);
        server.Limits.MaxRequestBodySize = limits.BodyBytes;
        server.Limits.RequestHeadersTimeout = limits.Header;
    });
}
