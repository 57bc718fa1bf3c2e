using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AspireDeploy.Gateway.Control;

namespace AspireDeploy.Gateway.Replicas;

/// <summary>
/// Follows a host on its control socket: reads lists of replicas, writes what has become of them. When the host goes, the last list stays
/// in use, and the link is tried again.
/// </summary>
internal sealed class ControlLink(GatewaySettings settings, ReplicaTable table, TimeProvider time, ILogger<ControlLink> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.ControlPath is not { } path)
            return;
        var wasLinked = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stoppingToken);
                wasLinked = true;
                await FollowAsync(socket, stoppingToken);
            }
            catch (Exception e) when (e is SocketException or IOException or JsonException)
            {
                if (wasLinked)
                    logger.LogWarning(
                        "The host doesn't answer on {Path}: {Reason} The replicas stay as they were last known.",
                        path,
                        e.Message
                    );
                wasLinked = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(Socket socket, CancellationToken stoppingToken)
    {
        await using var stream = new NetworkStream(socket);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var telling = TellAsync(stream, ending.Token);
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (await reader.ReadLineAsync(stoppingToken) is { } line)
            {
                if (JsonSerializer.Deserialize(line, ControlJson.Default.ReplicaList) is { } list)
                    table.Use(list);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        string? sent = null;
        while (true)
        {
            var changed = table.Changed;
            var status = table.Status;
            var line = JsonSerializer.Serialize(status, ControlJson.Default.GatewayStatus);
            if (line != sent)
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
            sent = line;
            // Nothing tells when a request in flight ends: while some do, it is looked at again and again.
            await (
                status.Busy.Count > 0
                    ? Task.WhenAny(changed, Task.Delay(BusyPause, time, cancellationToken))
                    : changed.WaitAsync(cancellationToken)
            );
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
