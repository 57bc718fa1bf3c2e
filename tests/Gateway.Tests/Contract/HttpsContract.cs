using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>Describes how HTTPS is served, and where plain HTTP sends on to.</summary>
public abstract class HttpsContract<TGateway>(TGateway gateway) : IClassFixture<TGateway>
    where TGateway : ContractGateway
{
    private static readonly TlsCipherSuite[] Cbc =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
    ];

    private static readonly TlsCipherSuite[] WithoutForwardSecrecy =
    [
        TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
    ];

    private static readonly TlsCipherSuite[] Good =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ];

    [Theory]
    [InlineData("/a%2fb?c=d", "/a%2fb?c=d")]
    [InlineData("/", "/")]
    public async Task Http_ToAServedName_SendsOnToHttps(string sent, string expected)
    {
        var answer = await SendPlainAsync(
            $"POST {sent} HTTP/1.1\r\nHost: {gateway.PlainAddress.Authority}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 308 ", answer, StringComparison.Ordinal);
        Assert.Contains(
            $"\r\nLocation: {gateway.Address.GetLeftPart(UriPartial.Authority)}{expected}\r\n",
            answer,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: evil.example\r\n", 421)]
    [InlineData("GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n", 421)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n", 400)]
    public async Task Http_ToAnotherName_SendsNobodyThere(string request, int status)
    {
        var answer = await SendPlainAsync($"{request}Connection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Location:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Localhost_IsNotHeldToHttps()
    {
        using var answer = await gateway.AskAsync("");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public Task Tls13_IsSpoken() => HandshakeAsync(SslProtocols.Tls13, null);

    [Fact]
    public Task Tls12_WithForwardSecrecyAndWithoutCbc_IsSpoken() => HandshakeAsync(SslProtocols.Tls12, Good);

    [Fact]
    public Task Tls12_WithCbc_IsRefused() => Assert.ThrowsAnyAsync<AuthenticationException>(() => HandshakeAsync(SslProtocols.Tls12, Cbc));

    [Fact]
    public Task Tls12_WithoutForwardSecrecy_IsRefused() =>
        Assert.ThrowsAnyAsync<AuthenticationException>(() => HandshakeAsync(SslProtocols.Tls12, WithoutForwardSecrecy));

    private async Task HandshakeAsync(SslProtocols protocol, TlsCipherSuite[]? suites)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A client chooses its cipher suites by OpenSSL.");
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = gateway.Address.Host,
                EnabledSslProtocols = protocol,
                CipherSuitesPolicy = suites is null || !OperatingSystem.IsLinux() ? null : new(suites),
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(protocol, tls.SslProtocol);
    }

    private async Task<string> SendPlainAsync(string text)
    {
        await using var connection = await RawConnection.OpenAsync(gateway.PlainAddress, TestContext.Current.CancellationToken);
        await connection.WriteAsync(text);
        return await connection.ReadToEndAsync();
    }
}
