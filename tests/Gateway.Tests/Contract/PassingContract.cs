using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>Describes what passes through unchanged, and at once.</summary>
public abstract class PassingContract<TGateway>(TGateway gateway) : IClassFixture<TGateway>
    where TGateway : ContractGateway
{
    private const int Largest = 30 << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Zo\u00C3\u00AB")]
    [InlineData("\u0080\u00ff")]
    public async Task Header_OfBytes_PassesAsItIs(string bytes) =>
        Assert.Equal([$"name={bytes}"], (await gateway.SeeAsync("/", ("Cookie", $"name={bytes}"))).Headers["Cookie"]);

    [Fact]
    public async Task AnswersHeader_OfBytes_PassesAsItIs()
    {
        using var answer = await gateway.AskAsync("headers");
        Assert.Equal("Zo\u00C3\u00AB", answer.Headers.GetValues("X-Name").Single());
    }

    [Theory]
    [InlineData("refuse-large", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("refuse", HttpStatusCode.Unauthorized)]
    public async Task EarlyAnswer_Passes(string what, HttpStatusCode status)
    {
        for (var i = 0; i < 10; i++)
        {
            using var answer = await gateway.AskAsync(what, "POST", new ByteArrayContent(new byte[2_000_000]));
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_AsLargeAsMayBe_ArrivesWhole(bool isChunked)
    {
        // What surrounds each chunk may count too.
        var sent = RandomNumberGenerator.GetBytes(isChunked ? Largest - (1 << 20) : Largest);
        using var request = ContractRequest.Asking("POST", "hash", new ByteArrayContent(sent)).Request;
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(sent)), await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Upload_ExpectsToBeToldToContinue_ArrivesWhole()
    {
        using var request = ContractRequest.Asking("POST", "hash", new ByteArrayContent(new byte[100_000])).Request;
        request.Headers.ExpectContinue = true;
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(new byte[100_000])), await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Answer_InPieces_ArrivesPieceByPiece()
    {
        await gateway.WithReplicasAsync(1);
        await using var connection = await gateway.ConnectAsync();
        await connection.WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nX-Do: pieces\r\nConnection: close\r\n\r\n");
        var begun = "";
        while (!begun.Contains("first", StringComparison.Ordinal))
            begun += await connection.ReadAsync();
        using var goOn = await gateway.AskAsync("go-on");
        Assert.Contains("last", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_Trailers_Pass()
    {
        using var request = ContractRequest.Asking("GET", "trailers").Request;
        request.RequestUri = new("/aspiredeploy.contract.Echo/with/trailers", UriKind.Relative);
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal("body", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("42", answer.TrailingHeaders.GetValues("X-Checksum").Single());
    }

    [Fact]
    public async Task Http2_OverTls_IsSpoken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (answer.StatusCode, answer.Version));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task WebSocket_Echo_ComesBack(string version)
    {
        using var socket = new ClientWebSocket();
        (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (new(version), HttpVersionPolicy.RequestVersionExact);
        await socket.ConnectAsync(
            new UriBuilder(gateway.Address) { Scheme = "wss" }.Uri,
            new HttpMessageInvoker(NewHandler()),
            Cancellation
        );
        var echo = new byte[10];
        for (var i = 0; i < 3; i++)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes($"hello {i}"), WebSocketMessageType.Text, true, Cancellation);
            var got = await socket.ReceiveAsync(echo, Cancellation);
            Assert.Equal($"hello {i}", Encoding.UTF8.GetString(echo, 0, got.Count));
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Client_SlowWithinLimits_IsServed()
    {
        await using var connection = await gateway.ConnectAsync();
        string[] pieces =
        [
            "POST / HTTP",
            "/1.1\r\nHost: local",
            "host\r\nX-Do: hash\r\nContent-Le",
            "ngth: 4\r\nConnection: close\r\n\r\n",
            "bo",
            "d",
            "y",
        ];
        foreach (var piece in pieces)
        {
            await connection.WriteAsync(piece);
            await Task.Delay(100, Cancellation);
        }
        Assert.Contains(Convert.ToHexString(SHA256.HashData("body"u8)), await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static SocketsHttpHandler NewHandler() =>
        new()
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        };
}
