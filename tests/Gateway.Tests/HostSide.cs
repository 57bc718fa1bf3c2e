using System.Net.Sockets;
using System.Text.Json;
using AspireDeploy.Gateway.Control;

namespace AspireDeploy.Gateway.Tests;

/// <summary>The host's end of the link to a gateway.</summary>
internal sealed class HostSide(Socket socket) : IDisposable
{
    private readonly StreamReader _reader = new(new NetworkStream(socket, ownsSocket: true));

    public async Task SendAsync(long version, params (string Id, string Address)[] replicas) =>
        await SendListAsync(
            new(
                version,
                new Dictionary<string, IReadOnlyList<Replica>> { ["api"] = [.. replicas.Select(r => new Replica(r.Id, r.Address))] }
            )
        );

    public async Task SendListAsync(ReplicaList list) =>
        await _reader.BaseStream.WriteAsync(
            (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(list, ControlJson.Default.ReplicaList), (byte)'\n'],
            TestContext.Current.CancellationToken
        );

    /// <summary>Returns the next status that the gateway tells; null when it has left.</summary>
    public async Task<GatewayStatus?> NextAsync(CancellationToken cancellationToken) =>
        await _reader.ReadLineAsync(cancellationToken) is { } line
            ? JsonSerializer.Deserialize(line, ControlJson.Default.GatewayStatus)
            : null;

    public async Task UntilAsync(Predicate<GatewayStatus> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await NextAsync(limit.Token) is { } status)
        {
            if (wanted(status))
                return;
        }
        throw new EndOfStreamException("The gateway left.");
    }

    public void Dispose() => _reader.Dispose();
}
