using System.Text.Json;
using System.Text.RegularExpressions;
using AspireDeploy.ContractReplica;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>That gateway and replica read a request the same: what could be read in two ways is refused or passed on in one.</summary>
public abstract partial class WireContract<TGateway>(TGateway gateway) : IClassFixture<TGateway>
    where TGateway : ContractGateway
{
    [Theory]
    [InlineData("")]
    [InlineData("Host: localhost\r\nHost: localhost\r\n")]
    [InlineData("Host: localhost\r\nHost: other\r\n")]
    [InlineData("Host: local host\r\n")]
    [InlineData("Host: localhost/\r\n")]
    [InlineData("Host: localhost:port\r\n")]
    [InlineData("Host: localhost, localhost\r\n")]
    [InlineData("Host:\r\n")]
    public Task Host_NotExactlyOneOrNotValid_IsRefused(string host) =>
        AssertStatusAsync(400, $"GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n");

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("evillocalhost")]
    [InlineData("evil.example:443")]
    [InlineData("[2001:db8::1]")]
    [InlineData("192.0.2.1")]
    public Task Host_NotServed_IsMisdirected(string host) =>
        AssertStatusAsync(421, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

    [Fact]
    public Task Host_OfHttp10_IsNeededToo() => AssertStatusAsync(400, "GET / HTTP/1.0\r\n\r\n");

    [Fact]
    public Task Host_OtherThanTheTargets_IsRefused() =>
        AssertStatusAsync(400, "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n", 400)]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n", 400)]
    [InlineData("Content-Length: 5, 5\r\n", 400)]
    [InlineData("Content-Length: -5\r\n", 400)]
    [InlineData("Content-Length: 0x5\r\n", 400)]
    [InlineData("Content-Length: five\r\n", 400)]
    [InlineData("Content-Length:\r\n", 400)]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked, identity\r\n", 400)]
    [InlineData("Transfer-Encoding: identity\r\n", 400)]
    [InlineData("Transfer-Encoding: xchunked\r\n", 400)]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n", 501)]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n", 501)]
    [InlineData("Transfer-Encoding : chunked\r\n", 400)]
    [InlineData("X: y\r\n Transfer-Encoding: chunked\r\n", 400)]
    [InlineData("Transfer Encoding: chunked\r\n", 400)]
    public Task Length_Ambiguous_IsRefused(string headers, int status) =>
        AssertStatusAsync(status, $"POST / HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n0\r\n\r\n");

    [Fact]
    public async Task Length_WithSign_IsReadTheSame()
    {
        var seen = await SeeAsync("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: +5\r\nConnection: close\r\n\r\nhello");
        Assert.Equal(5, seen.Body);
        Assert.Equal(["5"], seen.Headers["Content-Length"]);
    }

    [Fact]
    public Task TransferEncoding_OfHttp10_IsRefused() =>
        AssertStatusAsync(400, "POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

    [Theory]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhelloX\r\n0\r\n\r\n")]
    [InlineData("5;a=\nhello\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    public Task Chunk_Malformed_IsRefused(string body) =>
        AssertStatusAsync(400, $"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body}");

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX Y: z\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n: z\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n")]
    [InlineData("G(T / HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET  / HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET / a HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET /\u00e9 HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET /a%2 HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET /a%zz HTTP/1.1\r\nHost: localhost\r\n")]
    public Task Request_Malformed_IsRefused(string request) => AssertStatusAsync(400, $"{request}Connection: close\r\n\r\n");

    [Theory]
    [InlineData("TRACE / HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n")]
    public Task Method_ThatReachesPastTheReplica_IsRefused(string request) => AssertStatusAsync(501, $"{request}Connection: close\r\n\r\n");

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/?", "/?")]
    [InlineData("/a/b?c=%41&d=/../e", "/a/b?c=%41&d=/../e")]
    [InlineData("/a%2fb", "/a%2fb")]
    [InlineData("/a%252fb", "/a%252fb")]
    [InlineData("/a%25", "/a%25")]
    [InlineData("/a%5cb", "/a%5cb")]
    [InlineData("/a\\..\\b", "/a%5C..%5Cb")]
    [InlineData("/%C3%A9%20+", "/%C3%A9%20+")]
    [InlineData("/a%c0%afb", "/a%c0%afb")]
    [InlineData("/%61%2D%7e", "/a-~")]
    [InlineData("//a//b", "//a//b")]
    [InlineData("/a/./b/../c", "/a/c")]
    [InlineData("/a/%2e%2e/b", "/b")]
    [InlineData("/../../a", "/a")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/..%2fb", "/a/..%2fb")]
    [InlineData("/a;b=c/d:e@f!$&'()*,", "/a;b=c/d:e@f!$&'()*,")]
    [InlineData("/a|b[c]", "/a%7Cb%5Bc%5D")]
    [InlineData("/stripped", "/")]
    [InlineData("/stripped?a", "/?a")]
    [InlineData("/stripped/", "/")]
    [InlineData("/stripped/a%2fb", "/a%2fb")]
    [InlineData("/stripped//a", "//a")]
    [InlineData("/STRIPPED/a", "/a")]
    [InlineData("/%73tripped/a", "/a")]
    [InlineData("/stripped/../a", "/a")]
    [InlineData("/a/../stripped/b", "/b")]
    [InlineData("/strippedmore", "/strippedmore")]
    [InlineData("/stripped%2fa", "/stripped%2fa")]
    [InlineData("//stripped/a", "//stripped/a")]
    [InlineData("https://localhost/a/%2e/b", "/a/b")]
    public async Task Path_OneForm_IsWhatTheReplicaSees(string sent, string seen) =>
        Assert.Equal(seen, (await SeeAsync($"GET {sent} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).Target);

    [Fact]
    public async Task Requests_Pipelined_AreAnsweredInTurn()
    {
        const string get = "GET /{0} HTTP/1.1\r\nHost: localhost\r\n{1}\r\n";
        var answers = await gateway.SendRawAsync(
            string.Format(null, get, "first", "") + string.Format(null, get, "last", "Connection: close\r\n")
        );
        Assert.Matches(new Regex("\"target\":\"/first\".*\"target\":\"/last\"", RegexOptions.Singleline), answers);
    }

    /// <summary>Sends a request, and returns how the replica saw it.</summary>
    private async Task<Seen> SeeAsync(string request)
    {
        var answer = await gateway.SendRawAsync(request);
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        return JsonSerializer.Deserialize<Seen>(Json().Match(answer).Value, JsonSerializerOptions.Web)!;
    }

    private async Task AssertStatusAsync(int status, string request)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", await gateway.SendRawAsync(request), StringComparison.Ordinal);
        // And the next is served.
        await gateway.SeeAsync();
    }

    [GeneratedRegex("{.*}", RegexOptions.Singleline)]
    private static partial Regex Json();
}
