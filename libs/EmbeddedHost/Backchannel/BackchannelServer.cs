using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using StreamJsonRpc;

namespace Aspire.Hosting.Backchannel;

/// <summary>
/// Lets the aspire command call <see cref="BackchannelMethods"/>: JSON-RPC on a Unix socket, whose path the command has chosen. The connection stays open
/// until the application is disposed of, so that the answer to being told to stop still gets through.
/// </summary>
internal sealed class BackchannelServer(BackchannelPath path, BackchannelMethods methods) : BackgroundService
{
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private JsonRpc? _rpc;

    /// <summary>Ends when the command has connected.</summary>
    public Task Connected => _connected.Task;

    public override void Dispose()
    {
        _rpc?.Dispose();
        _listener.Dispose();
        File.Delete(path.Value);
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // A socket that is there is that of a run that died.
            File.Delete(path.Value);
            _listener.Bind(new UnixDomainSocketEndPoint(path.Value));
            _listener.Listen();
            var stream = new NetworkStream(await _listener.AcceptAsync(stoppingToken).ConfigureAwait(false), ownsSocket: true);
            _rpc = new(new HeaderDelimitedMessageHandler(stream, stream, new SystemTextJsonFormatter()), methods);
            _rpc.StartListening();
            _connected.SetResult();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends before the command was there.
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            _connected.SetException(new DistributedApplicationException($"The aspire command can't be reached at {path.Value}: {e.Message}", e));
        }
    }
}
