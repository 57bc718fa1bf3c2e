using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>A connection on which a test writes bytes as they are: a byte a character.</summary>
internal sealed class RawConnection(TcpClient client, Stream stream) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Connects; over TLS where the address says so.</summary>
    public static async Task<RawConnection> OpenAsync(
        Uri address,
        CancellationToken cancellationToken,
        SslApplicationProtocol? protocol = null
    )
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        if (address.Scheme != Uri.UriSchemeHttps)
            return new(client, client.GetStream());
        var tls = new SslStream(client.GetStream());
        // Which certificate it is, HTTPS's own tests say.
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = address.Host,
            ApplicationProtocols = [protocol ?? SslApplicationProtocol.Http11],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        };
        await tls.AuthenticateAsClientAsync(options, cancellationToken);
        return new(client, tls);
    }

    /// <summary>Writes.</summary>
    public async Task WriteAsync(string text)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);
        await stream.FlushAsync(Cancellation);
    }

    /// <summary>Reads what is there to read, once.</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[64 << 10];
        return Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer, Cancellation).AsTask().WaitAsync(Limit, Cancellation));
    }

    /// <summary>Reads until the other side closes. One that breaks off has closed too.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var all = new StringBuilder();
        try
        {
            while (await ReadAsync() is { Length: > 0 } piece)
                all.Append(piece);
        }
        catch (IOException) { }
        return all.ToString();
    }

    /// <summary>Breaks the connection off: a reset, as from a client that is gone.</summary>
    public void BreakOff() => client.Client.Close(0);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await stream.DisposeAsync();
    }
}
