using Yarp.ReverseProxy.Forwarder;

namespace AspireDeploy.Gateway.Replicas;

/// <summary>How the gateway connects to replicas.</summary>
internal static class ReplicaConnections
{
    // A replica is on the same machine or in the same cluster: one that takes longer to accept is as good as gone.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    internal static void Configure(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = Timeout;
        handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1);
        handler.EnableMultipleHttp2Connections = true;
    }
}
