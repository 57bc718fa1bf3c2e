using System.Diagnostics;
using System.Net;
using System.Net.Security;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>Describes what clients may cost, and that those who try more cost others nothing.</summary>
public abstract class LimitsContract<TGateway>(TGateway gateway) : IClassFixture<TGateway>
    where TGateway : ContractGateway
{
    private const int Flood = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(32 << 10, 431)]
    [InlineData(30 << 10, 200)]
    public async Task Headers_UpToTheLimit_Pass(int bytes, int status)
    {
        var lines = string.Concat(Enumerable.Range(0, bytes >> 10).Select(i => $"X-{i}: {new string('x', 1000)}\r\n"));
        var answer = await gateway.SendRawAsync(
            $"GET / HTTP/1.1\r\nHost: localhost\r\n{lines}X-Last: {new string('x', 1000)}\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Target_TooLong_IsRefused() =>
        Assert.StartsWith(
            "HTTP/1.1 414 ",
            await gateway.SendRawAsync($"GET /{new string('x', 9000)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_TooLarge_IsRefused(bool isChunked)
    {
        using var request = ContractRequest.Asking("POST", "hash", new ByteArrayContent(new byte[(30 << 20) + 1])).Request;
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.ExpectContinue = !isChunked;
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Headers_NeverEnd_AreCutOff()
    {
        var since = Stopwatch.GetTimestamp();
        Assert.StartsWith(
            "HTTP/1.1 408 ",
            await gateway.SendRawAsync("GET / HTTP/1.1\r\nHost: localhost\r\nX-Half"),
            StringComparison.Ordinal
        );
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 9, 15);
    }

    [Fact]
    public async Task Body_SlowerThanMayBe_IsCutOff()
    {
        var since = Stopwatch.GetTimestamp();
        var answer = await gateway.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nhalf"
        );
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 4, 15);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX-Half")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf")]
    public async Task Flood_OfIdleOrSlowClients_CostsOthersNothing(string begun)
    {
        var flood = new List<RawConnection>();
        try
        {
            for (var i = 0; i < Flood; i++)
            {
                flood.Add(await gateway.ConnectAsync());
                if (begun.Length > 0)
                    await flood[i].WriteAsync(begun);
            }
            for (var i = 0; i < 20; i++)
            {
                using var answer = await gateway.AskAsync("").WaitAsync(TimeSpan.FromSeconds(2), Cancellation);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }
        finally
        {
            foreach (var connection in flood)
                await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task Http2_StreamsAtATime_AreBounded()
    {
        // A frame of SETTINGS is a list of a number (16 bits) and its value (32 bits); 3 is the most streams (RFC 9113, section 6.5.2).
        await using var connection = await RawConnection.OpenAsync(gateway.Address, Cancellation, SslApplicationProtocol.Http2);
        await connection.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
        var frame = await connection.ReadAsync();
        while (frame.Length < 9 || frame.Length < 9 + frame[2])
            frame += await connection.ReadAsync();
        var settings = frame
            .Substring(9, frame[2])
            .Chunk(6)
            .ToDictionary(one => (one[0] << 8) | one[1], one => (one[2] << 24) | (one[3] << 16) | (one[4] << 8) | one[5]);
        Assert.Equal(100, settings[3]);
    }
}
