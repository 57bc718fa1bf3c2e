using System.Net;
using System.Net.Sockets;
using AspireDeploy.Gateway.Retrying;
using AspireDeploy.Workload;
using Microsoft.AspNetCore.Http;

namespace AspireDeploy.Gateway.Tests.Retrying;

public sealed class RetryTests
{
    [Fact]
    public async Task Get_ReplicaBreaksOff_IsAnsweredByAnother()
    {
        await using var rude = await Backend.StartAsync(BreakOffAsync);
        await using var kind = await Backend.SayingAsync("kind");
        await using var gateway = await RunningGateway.BeforeAsync([rude, kind]);
        await UntilAskedAsync(rude, gateway, async () => Assert.Equal("kind", await gateway.GetAsync()));
    }

    [Theory]
    [InlineData("X-None", "1")]
    [InlineData("If-Match", "*")]
    [InlineData("Transfer-Encoding", "chunked")]
    public async Task Put_ReplicaBreaksOffAfterTheBody_ArrivesWholeAtAnother(string header, string value)
    {
        var body = new string('x', 50_000);
        await using var rude = await Backend.StartAsync(async context =>
        {
            await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Abort();
        });
        await using var kind = await Backend.StartAsync(async context =>
            await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync())
        );
        await using var gateway = await RunningGateway.BeforeAsync([rude, kind]);
        await UntilAskedAsync(rude, gateway, async () =>
            Assert.Equal((HttpStatusCode.OK, body), await gateway.SendAsync(HttpMethod.Put, "/", body, (header, value)))
        );
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task NotIdempotent_ReplicaBreaksOff_IsNotRepeated(string method)
    {
        await using var rude = await Backend.StartAsync(BreakOffAsync);
        await using var other = await Backend.StartAsync(BreakOffAsync);
        await using var gateway = await RunningGateway.BeforeAsync([rude, other]);
        var (status, body) = await gateway.SendAsync(new(method), "/", "1");
        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Contains("may have been carried out", body, StringComparison.Ordinal);
        Assert.Equal(1, rude.Requests.Count + other.Requests.Count);
    }

    [Theory]
    [InlineData("PUT", "If-Match", "\"1\"")]
    [InlineData("PUT", "If-None-Match", "*")]
    [InlineData("DELETE", "If-Match", "*")]
    [InlineData("DELETE", "If-Unmodified-Since", "Tue, 01 Dec 2026 00:00:00 GMT")]
    public async Task Change_OfOneVersion_IsNotRepeated(string method, string header, string value)
    {
        await using var rude = await Backend.StartAsync(BreakOffAsync);
        await using var other = await Backend.StartAsync(BreakOffAsync);
        await using var gateway = await RunningGateway.BeforeAsync([rude, other]);
        var (status, _) = await gateway.SendAsync(new(method), "/", "1", (header, value));
        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Equal(1, rude.Requests.Count + other.Requests.Count);
    }

    [Fact]
    public async Task Post_ReplicaIsGone_GoesToAnother()
    {
        await using var gone = await Backend.SayingAsync("gone");
        await using var kind = await Backend.SayingAsync("kind");
        await using var gateway = await RunningGateway.BeforeAsync([gone, kind]);
        await gone.DisposeAsync();
        for (var i = 0; i < 20; i++)
            Assert.Equal((HttpStatusCode.OK, "kind"), await gateway.SendAsync(HttpMethod.Post, "/", "1"));
    }

    [Fact]
    public async Task Put_LostToOneReplicaAfterAnother_IsAnsweredAtLast()
    {
        var left = RetryPolicy.Deliveries - 1;
        RequestDelegate breakingOffAtFirst = async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            if (Interlocked.Decrement(ref left) >= 0)
                context.Abort();
            else
                await context.Response.WriteAsync(body);
        };
        await using var first = await Backend.StartAsync(breakingOffAtFirst);
        await using var second = await Backend.StartAsync(breakingOffAtFirst);
        await using var gateway = await RunningGateway.BeforeAsync([first, second], "--Gateway:Limits:HoldSeconds=120");
        Assert.Equal((HttpStatusCode.OK, "1"), await gateway.SendAsync(HttpMethod.Put, "/", "1"));
        Assert.Equal(RetryPolicy.Deliveries, first.Requests.Count + second.Requests.Count);
    }

    [Fact]
    public async Task Get_EveryReplicaBreaksItOffAgainAndAgain_IsRefusedWithoutHoldingIt()
    {
        await using var rude = await Backend.StartAsync(BreakOffAsync);
        await using var other = await Backend.StartAsync(BreakOffAsync);
        await using var gateway = await RunningGateway.StartAsync([
            .. RunningGateway.Before(rude.Address, other.Address),
            "--Gateway:Limits:HoldSeconds=3600",
        ]);
        await gateway.UntilWellAsync(2);
        using var answer = await gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(RetryPolicy.Deliveries, rude.Requests.Count + other.Requests.Count);
    }

    [Fact]
    public async Task Request_ReplicaDoesNotAcceptInTime_NeverArrived()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "How many connections wait to be accepted is exact on Linux alone.");
        var port = ServiceProcess.FreePort();
        var ready = await Backend.SayingAsync("ready", port);
        await using var gateway = await RunningGateway.BeforeAsync([ready], "--Gateway:Limits:HoldSeconds=0.2");
        await ready.DisposeAsync();
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, port));
        full.Listen(0);
        using var waiting = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await waiting.ConnectAsync(full.LocalEndPoint!, TestContext.Current.CancellationToken);
        var (status, body) = await gateway.SendAsync(HttpMethod.Post, "/", "1");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("No replica of 'api' can be reached.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_BodyBeginsThenReplicaBreaksOff_IsCutOffAndNotPastedTogether()
    {
        var isHalfThere = new TaskCompletionSource();
        await using var rude = await Backend.StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            await isHalfThere.Task;
            context.Abort();
        });
        await using var gateway = await RunningGateway.BeforeAsync([rude]);
        using var answer = await gateway.Client.GetAsync(
            "/",
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        isHalfThere.SetResult();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Single(rude.Requests);
    }

    [Fact]
    public async Task Get_ReplicaBreaksOffAfterItsHeaders_LeavesNothingOfThemInTheAnswer()
    {
        var broken = false;
        await using var rude = await Backend.StartAsync(async context =>
        {
            if (broken)
            {
                await context.Response.WriteAsync("whole");
                return;
            }
            broken = true;
            context.Response.ContentLength = 100;
            context.Response.Headers["X-Half"] = "1";
            await context.Response.StartAsync();
            context.Abort();
        });
        await using var gateway = await RunningGateway.BeforeAsync([rude]);
        using var answer = await gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal("whole", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(answer.Headers.Contains("X-Half"));
    }

    [Fact]
    public async Task Request_NoReplicaCanBeReached_IsRefusedWithRetryAfter()
    {
        await using var gateway = await RunningGateway.StartAsync([
            .. RunningGateway.Before($"http://127.0.0.1:{ServiceProcess.FreePort()}"),
            "--Gateway:Limits:HoldSeconds=0.2",
        ]);
        using var answer = await gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(
            "No replica of 'api' can be reached.",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Request_NoReplicaYet_IsHeldUntilOneComes()
    {
        var port = ServiceProcess.FreePort();
        await using var gateway = await RunningGateway.StartAsync([
            .. RunningGateway.Before($"http://127.0.0.1:{port}"),
            "--Gateway:Limits:HoldSeconds=120",
        ]);
        var waiting = gateway.SendAsync(HttpMethod.Post, "/", "1");
        await using var late = await Backend.SayingAsync("late", port);
        Assert.Equal((HttpStatusCode.OK, "late"), await waiting);
    }

    private static Task BreakOffAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    // Which replica is asked is chance: the claim must hold until chance has chosen the one that matters.
    private static Task UntilAskedAsync(Backend backend, RunningGateway gateway, Func<Task> claim) =>
        Until.TrueAsync(
            async () =>
            {
                await gateway.UntilWellAsync(2);
                await claim();
                return backend.Requests.Count > 0;
            },
            TimeSpan.FromSeconds(60),
            () => "The replica was never asked.",
            TestContext.Current.CancellationToken
        );
}
