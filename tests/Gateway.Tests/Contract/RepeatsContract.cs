using System.Diagnostics;
using System.Net;
using AspireDeploy.Workload;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>Describes which requests are sent again to another replica, and how often.</summary>
public abstract class RepeatsContract<TGateway>(TGateway gateway) : IClassFixture<TGateway>
    where TGateway : ContractGateway
{
    /// <summary>Gets how often one request may be delivered in all.</summary>
    private const int Deliveries = 4;

    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "", 0)]
    [InlineData("POST", "", 5)]
    [InlineData("POST", "", 100000)]
    [InlineData("PATCH", "", 0)]
    [InlineData("PATCH", "", 5)]
    [InlineData("PROPFIND", "", 0)]
    [InlineData("PUT", "If-Match", 5)]
    [InlineData("DELETE", "If-Match", 0)]
    [InlineData("PUT", "", 70000)]
    public async Task NotRepeatable_ReplicaCarriesItOutAndDies_IsDeliveredOnce(string method, string condition, int length)
    {
        await gateway.WithReplicasAsync(3);
        // So that the gateway's connections are used ones.
        await gateway.WhoAnswersAsync(20);
        var (request, id) = ContractRequest.Asking(method, "die", length == 0 ? null : new ByteArrayContent(new byte[length]));
        if (condition.Length > 0)
            request.Headers.TryAddWithoutValidation(condition, "\"1\"");
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Single(gateway.Deliveries(id));
        await Until.TrueAsync(() => gateway.Replicas.Count == 2, "It didn't die.", Cancellation);
    }

    [Fact]
    public async Task NotRepeatable_WithoutLength_IsDeliveredOnce()
    {
        await gateway.WithReplicasAsync(3);
        await gateway.WhoAnswersAsync(20);
        var id = Guid.NewGuid().ToString("n");
        var answer = await gateway.SendRawAsync(
            $"POST / HTTP/1.1\r\nHost: localhost\r\nX-Do: break\r\nX-Request: {id}\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 502 ", answer, StringComparison.Ordinal);
        Assert.Single(gateway.Deliveries(id));
    }

    [Theory]
    [InlineData("die")]
    [InlineData("break")]
    public async Task NotRepeatable_ReplicaOfHttp2_IsDeliveredOnce(string what)
    {
        await gateway.WithReplicasAsync(3);
        var (request, id) = ContractRequest.Asking("POST", what);
        request.RequestUri = new("/aspiredeploy.contract.Echo/by/http2", UriKind.Relative);
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Single(gateway.Deliveries(id));
        if (what == "die")
            await Until.TrueAsync(() => gateway.Replicas.Count == 2, "It didn't die.", Cancellation);
    }

    [Fact]
    public async Task NotRepeatable_ExpectsToBeToldToContinue_IsDeliveredOnce()
    {
        await gateway.WithReplicasAsync(3);
        await gateway.WhoAnswersAsync(20);
        var (request, id) = ContractRequest.Asking("POST", "break", new StringContent("1"));
        request.Headers.ExpectContinue = true;
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Single(gateway.Deliveries(id));
    }

    [Fact]
    public async Task NotRepeatable_ReplicaBreaksItOff_IsDeliveredOnce()
    {
        await gateway.WithReplicasAsync(3);
        await gateway.WhoAnswersAsync(20);
        var (request, id) = ContractRequest.Asking("POST", "break");
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Single(gateway.Deliveries(id));
    }

    [Theory]
    [InlineData("GET", 0)]
    [InlineData("HEAD", 0)]
    [InlineData("OPTIONS", 0)]
    [InlineData("DELETE", 0)]
    [InlineData("PUT", 0)]
    [InlineData("PUT", 64 << 10)]
    public async Task Idempotent_EveryReplicaBreaksItOff_IsDeliveredSoOftenAndNoMore(string method, int length)
    {
        await gateway.WithReplicasAsync(3);
        await gateway.WhoAnswersAsync(20);
        var (request, id) = ContractRequest.Asking(method, "break", length == 0 ? null : new ByteArrayContent(new byte[length]));
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(Deliveries, gateway.Deliveries(id).Count);
        Assert.Equal(3, gateway.Deliveries(id).Distinct().Count());
    }

    [Fact]
    public async Task Idempotent_ReplicaDies_IsAnsweredByAnother()
    {
        await gateway.WithReplicasAsync(3);
        var killed = gateway.Replicas[0];
        var asking = Enumerable.Range(0, 100).Select(_ => gateway.SeeAsync()).ToList();
        await killed.KillAsync();
        await Task.WhenAll(asking);
    }

    [Fact]
    public async Task NeverArrived_ReplicaIsGone_GoesToAnother()
    {
        await gateway.WithReplicasAsync(3);
        await gateway.Replicas[0].KillAsync();
        for (var i = 0; i < 20; i++)
        {
            using var answer = await gateway.AskAsync("", "POST", new StringContent("1"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task NoReplica_RequestIsHeldAndThenRefused()
    {
        await gateway.WithReplicasAsync(0);
        var since = Stopwatch.GetTimestamp();
        using var answer = await gateway.AskAsync("", "POST", new StringContent("1"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.InRange(Stopwatch.GetElapsedTime(since), Hold - TimeSpan.FromSeconds(0.5), Hold + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task NoReplica_OneComes_AnswersWhatWasHeld()
    {
        await gateway.WithReplicasAsync(0);
        var waiting = gateway.AskAsync("", "POST", new StringContent("1"));
        await gateway.StartReplicaAsync();
        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
