using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Tells whether anything listens, without an exception where nothing does: while a service starts it is asked again and again, and an exception costs the
/// AppHost many times what the question does.
/// </summary>
internal static class TcpProbe
{
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why no connection is made; null if one is.</returns>
    public static async Task<string?> RefusalAsync(string host, int port, CancellationToken cancellationToken)
    {
        EndPoint target = IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
        using var connecting = new SocketAsyncEventArgs { RemoteEndPoint = target };
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connecting.Completed += (_, _) => connected.TrySetResult();
        if (Socket.ConnectAsync(SocketType.Stream, ProtocolType.Tcp, connecting))
        {
            using var giveUp = cancellationToken.Register(() => Socket.CancelConnectAsync(connecting));
            await connected.Task.ConfigureAwait(false);
        }

        connecting.ConnectSocket?.Dispose();
        cancellationToken.ThrowIfCancellationRequested();
        return connecting.SocketError == SocketError.Success ? null : $"Nothing accepts connections at {host}:{port} ({connecting.SocketError}).";
    }
}
