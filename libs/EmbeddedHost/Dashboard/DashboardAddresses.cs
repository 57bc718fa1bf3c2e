using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard's process listens: as configured, else on free ports of the loopback.</summary>
/// <param name="Frontend">Its pages; https first, where both are given.</param>
/// <param name="OtlpGrpc">Telemetry over gRPC; null where only HTTP is configured.</param>
/// <param name="OtlpHttp">Telemetry over HTTP; null where only gRPC is configured.</param>
internal sealed record DashboardAddresses(IReadOnlyList<ListenAddress> Frontend, ListenAddress? OtlpGrpc, ListenAddress? OtlpHttp)
{
    /// <summary>Where a person opens it.</summary>
    public ListenAddress Main => Frontend[0];

    public static DashboardAddresses From(DashboardOptions options)
    {
        var ports = new FreePorts(options.UseFreePorts);
        var frontend = options.Frontend.Select(ports.Settle).ToList();
        if (frontend.Count == 0)
        {
            frontend.Add(ports.Settle(new(Uri.UriSchemeHttp, "localhost", 0)));
        }

        // Telemetry comes the way the pages go, unless something else is said.
        var otlp = frontend[0] with { Port = 0 };
        var isEither = options.OtlpGrpc is null && options.OtlpHttp is null;
        return new(
            frontend,
            options.OtlpGrpc is not null || isEither ? ports.Settle(options.OtlpGrpc ?? otlp) : null,
            options.OtlpHttp is not null || isEither ? ports.Settle(options.OtlpHttp ?? otlp) : null);
    }

    private sealed class FreePorts(bool always)
    {
        public ListenAddress Settle(ListenAddress address) => always || address.Port == 0 ? address with { Port = Next() } : address;

        // The dashboard must know its port before it starts, so it can't take whichever is free by itself.
        private static int Next()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
    }
}
