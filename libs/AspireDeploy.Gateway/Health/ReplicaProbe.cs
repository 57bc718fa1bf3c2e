using System.Net.Sockets;

namespace AspireDeploy.Gateway.Health;

/// <summary>Asks one replica whether it is well.</summary>
internal sealed class ReplicaProbe(GatewaySettings settings) : IDisposable
{
    // With the pause before it, one that hangs is found out in less than 5 s.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            // Not a part of anybody's trace.
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Returns what a replica answers: well or not; null when it doesn't in time.</summary>
    internal async Task<bool?> AskAsync(string service, string address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ProbeTimeout);
        try
        {
            var asked = settings.Services[service];
            return asked.ProbePath is { } path
                ? await GetAsync(new(new Uri(address), path), asked.IsHttp2, limit.Token)
                : await ConnectAsync(new Uri(address), limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool?> GetAsync(Uri uri, bool isHttp2, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = isHttp2 ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private static async Task<bool?> ConnectAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port, cancellationToken);
        return true;
    }
}
