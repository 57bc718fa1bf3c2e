using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AspireDeploy.Gateway.Tests.Limits;

public sealed class LimitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Headers_TooLarge_AreRefused()
    {
        await using var backend = await Backend.SayingAsync("never");
        await using var gateway = await RunningGateway.BeforeAsync([backend]);
        var (status, _) = await gateway.SendAsync(HttpMethod.Post, "/", "", ("X-Large", new string('x', 40 << 10)));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, status);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Body_TooLarge_IsRefused(string method)
    {
        await using var backend = await Backend.SayingAsync("never");
        await using var gateway = await RunningGateway.BeforeAsync([backend], "--Gateway:Limits:BodyBytes=1000");
        var (status, _) = await gateway.SendAsync(new(method), "/", new string('x', 1001));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task Headers_NeverEnd_AreCutOff()
    {
        await using var backend = await Backend.SayingAsync("never");
        await using var gateway = await RunningGateway.BeforeAsync([backend], "--Gateway:Limits:HeaderSeconds=0.5");
        Assert.Contains("408", await SendRawAsync(gateway, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Half"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_ClientBreaksOffHalfWay_NeverReachesTheReplicaAsWhole()
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(async context =>
        {
            try
            {
                await context.Request.Body.CopyToAsync(Stream.Null);
                ended.SetResult(1);
            }
            catch (IOException)
            {
                ended.SetResult(0);
            }
        });
        await using var gateway = await RunningGateway.BeforeAsync([backend]);
        using (var client = await ConnectAsync(gateway))
        {
            await client
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n{new string('x', 100_000)}"
                    ),
                    Cancellation
                );
            await AspireDeploy.Workload.Until.TrueAsync(
                () => Task.FromResult(backend.Requests.Count == 1),
                TimeSpan.FromSeconds(60),
                () => "The body never began to arrive.",
                Cancellation
            );
        }
        Assert.Equal(0, await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
        // And the gateway goes on.
        await using var kind = await Backend.SayingAsync("kind");
        await gateway.UntilWellAsync(1);
    }

    [Fact]
    public async Task Replica_Silent_IsGivenUp()
    {
        var stopped = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(context => stopped.Task);
        await using var gateway = await RunningGateway.BeforeAsync([backend], "--Gateway:Limits:AnswerSeconds=0.5");
        var (status, body) = await gateway.SendAsync(HttpMethod.Put, "/", "");
        stopped.SetResult();
        Assert.Equal(HttpStatusCode.GatewayTimeout, status);
        Assert.Contains("took too long", body, StringComparison.Ordinal);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task Stop_RequestInFlight_IsAnsweredFirst()
    {
        var goOn = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            await goOn.Task;
            await context.Response.WriteAsync("whole");
        });
        await using var gateway = await RunningGateway.BeforeAsync([backend]);
        var answer = gateway.GetAsync();
        await AspireDeploy.Workload.Until.TrueAsync(
            () => Task.FromResult(backend.Requests.Count == 1),
            TimeSpan.FromSeconds(60),
            () => "It never arrived.",
            Cancellation
        );
        var stopping = gateway.App.StopAsync(Cancellation);
        goOn.SetResult();
        Assert.Equal("whole", await answer);
        await stopping;
    }

    private static async Task<TcpClient> ConnectAsync(RunningGateway gateway)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Client.BaseAddress!.Port, Cancellation);
        return client;
    }

    private static async Task<string> SendRawAsync(RunningGateway gateway, string text)
    {
        using var client = await ConnectAsync(gateway);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);
        return await new StreamReader(client.GetStream()).ReadToEndAsync(Cancellation);
    }
}
