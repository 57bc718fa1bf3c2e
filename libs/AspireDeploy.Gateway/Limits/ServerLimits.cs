using System.Text;

namespace AspireDeploy.Gateway.Limits;

/// <summary>Holds clients to the limits: what is larger is refused (431, 413), what is slower is cut off (408).</summary>
internal static class ServerLimits
{
    internal static void Apply(IWebHostBuilder host, RequestLimits limits) =>
        host.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            // Headers are bytes, which Latin-1 keeps.
            server.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            server.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            server.Limits.MaxConcurrentConnections = limits.Connections;
            server.Limits.MaxConcurrentUpgradedConnections = limits.Connections;
            server.Limits.Http2.MaxStreamsPerConnection = limits.Streams;
            server.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytes;
            server.Limits.MaxRequestLineSize = Math.Min(server.Limits.MaxRequestLineSize, limits.HeaderBytes);
            server.Limits.MaxRequestBodySize = limits.BodyBytes;
            server.Limits.RequestHeadersTimeout = limits.Header;
        });
}
