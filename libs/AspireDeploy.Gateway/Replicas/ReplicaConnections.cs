using System.Text;
using Yarp.ReverseProxy.Forwarder;

namespace AspireDeploy.Gateway.Replicas;

/// <summary>Describes how the gateway connects to replicas.</summary>
internal static class ReplicaConnections
{
    // A replica is on the same machine or in the same cluster: one that takes longer to accept is as good as gone.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    internal static void Configure(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = Timeout;
        handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1);
        handler.EnableMultipleHttp2Connections = true;
        // Headers are bytes, which Latin-1 keeps.
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        // HTTP/2 has its own words for a request that wasn't carried out, and for an early answer.
        handler.PlaintextStreamFilter = static (connection, _) =>
            new(connection.NegotiatedHttpVersion.Major >= 2 ? connection.PlaintextStream : new ReplicaStream(connection.PlaintextStream));
    }
}
