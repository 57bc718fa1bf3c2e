using System.Net;
using System.Net.Sockets;

namespace AspireDeploy.Processes;

/// <summary>Tells whether a server can listen on a port.</summary>
internal static class LoopbackPort
{
    /// <summary>Returns whether nobody listens on a port of the loopback address.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
