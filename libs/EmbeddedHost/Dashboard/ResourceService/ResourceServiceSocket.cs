using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// The loopback socket of the resource service. It is bound before the server on it starts: its address is known at once, so that the dashboard can be
/// started meanwhile.
/// </summary>
internal sealed record ResourceServiceSocket(Socket Socket, Uri Address)
{
    /// <summary>Binds the address that is configured, or a free port where none is.</summary>
    /// <param name="configured">Such as <c>http://localhost:20000</c>.</param>
    /// <param name="useFreePort">Takes a free port whatever is configured.</param>
    /// <exception cref="DistributedApplicationException">The address isn't one of the loopback, or its port is taken.</exception>
    public static ResourceServiceSocket Bind(ListenAddress? configured, bool useFreePort)
    {
        var address = Loopback(configured);
        var port = useFreePort ? 0 : configured?.Port ?? 0;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new DistributedApplicationException(e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? PortHolder.Taken(port, $"the dashboard's resource service needs it ({DashboardSettings.ResourceServiceUrl})")
                : $"The dashboard's resource service can't listen on {configured}: {e.Message}. Change {DashboardSettings.ResourceServiceUrl}.", e);
        }

        var url = new UriBuilder(configured?.Scheme ?? Uri.UriSchemeHttp, address.ToString(), ((IPEndPoint)socket.LocalEndPoint!).Port);
        return new(socket, url.Uri);
    }

    private static IPAddress Loopback(ListenAddress? configured)
    {
        if (configured is null || configured.IsLocalhost)
        {
            return IPAddress.Loopback;
        }

        return IPAddress.TryParse(configured.Host, out var address) && IPAddress.IsLoopback(address)
            ? address
            : throw new DistributedApplicationException(
                $"{DashboardSettings.ResourceServiceUrl} is {configured}, which is not this machine's own loopback: set an address such as http://localhost:20000.");
    }
}
