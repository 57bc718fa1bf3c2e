using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AspireDeploy.Gateway.Tests.Routing;

public sealed class PassingOnTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_ForwardedHeaders_SayWhoAskedForWhat_WhateverTheClientClaims()
    {
        await using var backend = await Backend.StartAsync(context =>
            context.Response.WriteAsync(
                $"{context.Request.Headers["X-Forwarded-For"]} {context.Request.Headers["X-Forwarded-Proto"]} "
                    + $"{context.Request.Headers["X-Forwarded-Host"]}"
            )
        );
        await using var gateway = await RunningGateway.BeforeAsync([backend], "--urls=https://127.0.0.1:0");
        var (_, seen) = await gateway.SendAsync(
            HttpMethod.Post,
            "/",
            "",
            ("X-Forwarded-For", "6.6.6.6"),
            ("X-Forwarded-Proto", "ftp"),
            ("X-Forwarded-Host", "evil"),
            ("Host", "shop.localhost")
        );
        Assert.Equal("127.0.0.1 https shop.localhost", seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Link_MadeByAReplica_LeadsThroughTheGateway(bool isHttp2)
    {
        await using var backend = await Backend.StartAsync(
            context =>
            {
                context.Response.Headers.Location = UriHelper.BuildAbsolute(context.Request.Scheme, context.Request.Host, "/items/1");
                return Task.CompletedTask;
            },
            protocols: isHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1,
            believesGateway: true
        );
        await using var gateway = await RunningGateway.BeforeAsync(
            [backend],
            $"--Gateway:Services:api:Http2={isHttp2}",
            "--urls=https://127.0.0.1:0"
        );

        using var answer = await gateway.Client.PostAsync("/items", null, Cancellation);

        Assert.Equal(new Uri(gateway.Client.BaseAddress!, "/items/1"), answer.Headers.Location);
    }

    [Fact]
    public async Task Request_TraceContext_IsPassedOn()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        await using var backend = await Backend.StartAsync(context =>
            context.Response.WriteAsync($"{context.Request.Headers.TraceParent} {context.Request.Headers.TraceState}")
        );
        await using var gateway = await RunningGateway.BeforeAsync([backend]);
        var (_, seen) = await gateway.SendAsync(
            HttpMethod.Post,
            "/",
            "",
            ("traceparent", $"00-{trace}-b7ad6b7169203331-01"),
            ("tracestate", "vendor=1")
        );
        Assert.StartsWith($"00-{trace}-", seen, StringComparison.Ordinal);
        Assert.EndsWith(" vendor=1", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_Streamed_ArrivesPieceByPiece()
    {
        var goOn = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            await context.Response.WriteAsync("last");
        });
        await using var gateway = await RunningGateway.BeforeAsync([backend]);
        using var answer = await gateway.Client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        var first = new byte[5];
        await stream.ReadExactlyAsync(first, Cancellation);
        Assert.Equal("first"u8.ToArray(), first);
        goOn.SetResult();
        Assert.Equal("last", await new StreamReader(stream).ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Upload_LargeAndOfUnknownLength_ArrivesWhole()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            using var hash = System.Security.Cryptography.SHA256.Create();
            await context.Response.WriteAsync(Convert.ToHexString(await hash.ComputeHashAsync(context.Request.Body)));
        });
        await using var gateway = await RunningGateway.BeforeAsync([backend]);
        var sent = new byte[10 << 20];
        Random.Shared.NextBytes(sent);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/")
        {
            Content = new StreamContent(new MemoryStream(sent)),
            Headers = { TransferEncodingChunked = true },
        };
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(sent)),
            await answer.Content.ReadAsStringAsync(Cancellation)
        );
    }

    [Fact]
    public async Task WebSocket_Echo_ComesBack()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            var got = await socket.ReceiveAsync(buffer, context.RequestAborted);
            await socket.SendAsync(buffer.AsMemory(0, got.Count), WebSocketMessageType.Text, true, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        });
        await using var gateway = await RunningGateway.BeforeAsync([backend]);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new UriBuilder(gateway.Client.BaseAddress!) { Scheme = "ws" }.Uri, Cancellation);
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);
        var echo = new byte[5];
        await client.ReceiveAsync(echo, Cancellation);
        Assert.Equal("hello"u8.ToArray(), echo);
    }

    [Fact]
    public async Task Http2_FromTheClient_ReachesAReplicaThatSpeaksHttp1()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync(context.Request.Protocol));
        await using var gateway = await RunningGateway.BeforeAsync([backend], "--urls=https://127.0.0.1:0");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal("HTTP/1.1", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Http2_ToTheReplica_CarriesTrailers()
    {
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                context.Response.DeclareTrailer("grpc-status");
                await context.Response.WriteAsync(context.Request.Protocol);
                context.Response.AppendTrailer("grpc-status", "0");
            },
            protocols: HttpProtocols.Http2
        );
        await using var gateway = await RunningGateway.BeforeAsync(
            [backend],
            "--Gateway:Services:api:Http2=true",
            "--urls=https://127.0.0.1:0"
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal("HTTP/2", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("0", answer.TrailingHeaders.GetValues("grpc-status").Single());
    }
}
