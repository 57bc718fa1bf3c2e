using System.Diagnostics;
using System.Net;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>Describes which replicas are sent requests.</summary>
public abstract class ReplicasContract<TGateway>(TGateway gateway) : IClassFixture<TGateway>
    where TGateway : ContractGateway
{
    private static readonly TimeSpan LeftOutWithin = TimeSpan.FromSeconds(5);

    // What the gateway had logged when a test began.
    private int _logged;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replicas_Ready_ShareTheRequests()
    {
        await gateway.WithReplicasAsync(3);
        Assert.Equal(Names(gateway.Replicas), await gateway.WhoAnswersAsync());
    }

    [Fact]
    public async Task Replica_New_IsSentNothingBeforeItIsReady_AndThenIs()
    {
        await gateway.WithReplicasAsync(1);
        var old = Names(gateway.Replicas);
        var late = await gateway.StartReplicaAsync(isReady: false);
        Assert.Equal(old, await gateway.WhoAnswersAsync());
        await late.SayReadyAsync(true);
        await gateway.UntilSentToAsync([.. gateway.Replicas]);
        Assert.Equal(Names(gateway.Replicas), await gateway.WhoAnswersAsync());
    }

    [Fact]
    public async Task Replica_NewAndAlone_IsSentNothingBeforeItIsReady()
    {
        await gateway.WithReplicasAsync(0);
        var late = await gateway.StartReplicaAsync(isReady: false);
        var (request, id) = ContractRequest.Asking("GET", "");
        var waiting = gateway.Client.SendAsync(request, Cancellation);
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromSeconds(1), Cancellation)));
        Assert.Empty(gateway.Deliveries(id));
        await late.SayReadyAsync(true);
        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Replica_Drained_IsSentNothingMore()
    {
        await gateway.WithReplicasAsync(3);
        var leaving = gateway.Replicas[0];
        await gateway.DrainAsync(leaving);
        Assert.DoesNotContain(leaving.Name, await gateway.WhoAnswersAsync());
        await leaving.DisposeAsync();
    }

    [Fact]
    public async Task Replica_Killed_CostsNoRequest()
    {
        await gateway.WithReplicasAsync(3);
        var killed = gateway.Replicas[0];
        await killed.KillAsync();
        Assert.DoesNotContain(killed.Name, await gateway.WhoAnswersAsync());
    }

    [Fact]
    public async Task Replica_Hangs_IsLeftOutWithinFiveSeconds_AndComesBackByItself()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A process is frozen by a signal.");
        await gateway.WithReplicasAsync(3);
        var hung = gateway.Replicas[0];
        var others = gateway.Replicas.Where(replica => replica != hung).ToList();
        var since = Stopwatch.GetTimestamp();
        hung.Hang();
        try
        {
            await gateway.UntilSentToAsync(others);
            Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, LeftOutWithin);
            Assert.Equal(Names(others), await gateway.WhoAnswersAsync());
        }
        finally
        {
            hung.GoOn();
        }
        await gateway.UntilSentToAsync([.. gateway.Replicas]);
        Assert.Equal(Names(gateway.Replicas), await gateway.WhoAnswersAsync());
    }

    [Fact]
    public async Task Replicas_AllUnavailable_GiveTheApplicationsAnswer_AndAreAllKept()
    {
        await WithAllAsync();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await gateway.AskAsync("unavailable");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter?.Delta);
            Assert.Equal("the database is away", await answer.Content.ReadAsStringAsync(Cancellation));
        }
        await AssertAllKeptAsync();
    }

    [Fact]
    public async Task Replicas_AllNoLongerReady_GiveTheApplicationsAnswer()
    {
        await gateway.WithReplicasAsync(2);
        foreach (var replica in gateway.Replicas)
            await replica.SayReadyAsync(false);
        await gateway.UntilSentToAsync([]);
        try
        {
            using var answer = await gateway.AskAsync("unavailable");
            Assert.Equal("the database is away", await answer.Content.ReadAsStringAsync(Cancellation));
        }
        finally
        {
            foreach (var replica in gateway.Replicas)
                await replica.SayReadyAsync(true);
        }
        await gateway.UntilSentToAsync([.. gateway.Replicas]);
    }

    [Fact]
    public async Task ClientsMistake_HeaderThatIsNoText_IsNoReplicasFault()
    {
        await WithAllAsync();
        const string request = "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: name=\u00ff\u00fe\u0080\r\nConnection: close\r\n\r\n";
        for (var i = 0; i < 10; i++)
            await gateway.SendRawAsync(request);
        await AssertAllKeptAsync();
    }

    [Theory]
    [InlineData("POST", 2_000_000)]
    [InlineData("PUT", 2_000_000)]
    [InlineData("PUT", 2_000)]
    public async Task ClientsMistake_BodyBrokenOff_IsNoReplicasFault(string method, int length)
    {
        await WithAllAsync();
        for (var i = 0; i < 10; i++)
        {
            await using var connection = await gateway.ConnectAsync();
            await connection.WriteAsync(
                $"{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{new string('x', length / 2)}"
            );
            connection.BreakOff();
        }
        await AssertAllKeptAsync();
    }

    [Fact]
    public async Task ClientsMistake_BodyIsNotChunked_IsNoReplicasFault()
    {
        await WithAllAsync();
        foreach (var method in (string[])["POST", "PUT"])
        {
            var answer = await gateway.SendRawAsync(
                $"{method} / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"
            );
            Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        }
        await AssertAllKeptAsync();
    }

    [Fact]
    public async Task EarlyAnswer_IsNoReplicasFault()
    {
        await WithAllAsync();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await gateway.AskAsync("refuse-large", "POST", new ByteArrayContent(new byte[2_000_000]));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
        await AssertAllKeptAsync();
    }

    private async Task AssertAllKeptAsync()
    {
        Assert.DoesNotContain(gateway.Log.Skip(_logged), line => line.Contains("is unwell", StringComparison.Ordinal));
        await gateway.UntilSentToAsync([.. gateway.Replicas]);
    }

    private async Task WithAllAsync()
    {
        await gateway.WithReplicasAsync(3);
        _logged = gateway.Log.Count;
    }

    private static HashSet<string> Names(IEnumerable<ContractReplica> replicas) => [.. replicas.Select(replica => replica.Name)];
}
