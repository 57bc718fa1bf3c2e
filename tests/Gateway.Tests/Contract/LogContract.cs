namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>Describes what the mistakes of clients leave in the gateway's log.</summary>
public abstract class LogContract<TGateway>(TGateway gateway) : IClassFixture<TGateway>
    where TGateway : ContractGateway
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mistakes_OfClients_AreALineOfTheLogEach()
    {
        string[] mistakes =
        [
            "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            "GET /\u00e9 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
            "PUT / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: five\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a\0b\r\nConnection: close\r\n\r\n",
            "\u0016\u0003\u0001 nonsense\r\n\r\n",
        ];
        var before = Mistakes();
        foreach (var mistake in mistakes)
            await gateway.SendRawAsync(mistake);
        await using (var gone = await gateway.ConnectAsync())
        {
            await gone.WriteAsync("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nhalf");
            gone.BreakOff();
        }
        await Workload.Until.TrueAsync(() => Mistakes() >= before + mistakes.Length, "Some weren't logged.", Cancellation);
        await gateway.SeeAsync();
        // The one who broke off made no mistake that the gateway could tell it of, but may be in the log as one.
        Assert.InRange(Mistakes(), before + mistakes.Length, before + mistakes.Length + 1);
        Assert.DoesNotContain(gateway.Log, line =>
            line.TrimStart().StartsWith("at ", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal)
        );
    }

    private int Mistakes() => gateway.Log.Count(line => line.Contains("client's mistake", StringComparison.Ordinal));
}
