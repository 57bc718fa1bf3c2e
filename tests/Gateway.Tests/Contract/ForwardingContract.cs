using System.Net;
using System.Net.Http.Json;
using AspireDeploy.ContractReplica;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>Describes what a replica is told of the client and of its connection: by the gateway alone.</summary>
public abstract class ForwardingContract<TGateway>(TGateway gateway) : IClassFixture<TGateway>
    where TGateway : ContractGateway
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("X-Forwarded-For", "6.6.6.6")]
    [InlineData("X-Forwarded-Proto", "ftp")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    public async Task Forwarded_ClientClaimsIt_IsWhatTheGatewaySaw(string name, string claim)
    {
        var seen = (await gateway.SeeAsync("/", (name, claim))).Headers;
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(Assert.Single(seen["X-Forwarded-For"]))));
        Assert.Equal(["https"], seen["X-Forwarded-Proto"]);
        Assert.Equal([gateway.Address.Authority], seen["X-Forwarded-Host"]);
        Assert.Equal([gateway.Address.Authority], seen["Host"]);
    }

    [Theory]
    [InlineData("Forwarded", "for=6.6.6.6;host=evil.example")]
    [InlineData("X-Real-IP", "6.6.6.6")]
    [InlineData("X-Forwarded-Port", "6")]
    [InlineData("X-Forwarded-Prefix", "/evil")]
    [InlineData("X-Forwarded-Server", "evil.example")]
    [InlineData("X-Forwarded-Ssl", "on")]
    [InlineData("x-forwarded-client-cert", "Subject=evil")]
    [InlineData("X_Forwarded_For", "6.6.6.6")]
    [InlineData("X_Real_IP", "6.6.6.6")]
    public async Task Forwarded_OnlyTheClientClaimsIt_IsDropped(string name, string claim) =>
        Assert.DoesNotContain((await gateway.SeeAsync("/", (name, claim))).Headers, header =>
            string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase) || header.Value.Contains(claim)
        );

    [Theory]
    [InlineData("1.1", "1.1 ")]
    [InlineData("2.0", "2 ")]
    public async Task Via_IsTheGatewaysAlone(string version, string begins)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Via", "1.1 evil" } } };
        (request.Version, request.VersionPolicy) = (new(version), HttpVersionPolicy.RequestVersionExact);
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        var seen = (await answer.Content.ReadFromJsonAsync<Seen>(Cancellation))!;
        Assert.StartsWith(begins, Assert.Single(seen.Headers["Via"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Keep-Alive", "timeout=5")]
    [InlineData("Proxy-Connection", "keep-alive")]
    [InlineData("Proxy-Authorization", "Basic eDp5")]
    [InlineData("TE", "gzip")]
    [InlineData("Upgrade", "h2c")]
    public async Task HopByHop_FromTheClient_IsDropped(string name, string value) =>
        Assert.DoesNotContain(name, (await gateway.SeeAsync("/", (name, value))).Headers.Keys);

    [Fact]
    public async Task HopByHop_NamedByConnection_IsDropped()
    {
        var seen = (await gateway.SeeAsync("/", ("Connection", "X-Hop, x-forwarded-for"), ("X-Hop", "mine"), ("X-End", "theirs"))).Headers;
        Assert.DoesNotContain("X-Hop", seen.Keys);
        Assert.Contains("X-End", seen.Keys);
        Assert.Contains("X-Forwarded-For", seen.Keys);
    }

    [Fact]
    public async Task HopByHop_ConnectionNamesWhatTheRequestNeeds_StaysWhole()
    {
        var seen = await gateway.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close, Host, Content-Length\r\nContent-Length: 5\r\n\r\nhello"
        );
        Assert.Contains("\"body\":5", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HopByHop_FromTheReplica_IsDropped()
    {
        using var answer = await gateway.AskAsync("headers");
        Assert.False(answer.Headers.Contains("X-Hop"));
        Assert.False(answer.Headers.Contains("Keep-Alive"));
    }
}
