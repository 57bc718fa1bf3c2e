using System.Net.Sockets;
using AspireDeploy.Workload;
using Microsoft.AspNetCore.Http;

namespace AspireDeploy.Gateway.Tests.Replicas;

public sealed class ControlLinkTests : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gw-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public ControlLinkTests()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Control));
        _listener.Listen();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Control => Path.Combine(_directory, "control");

    [Fact]
    public async Task Replicas_ComeAndGo_AreFollowedAndToldOf()
    {
        await using var first = await Backend.SayingAsync("first");
        await using var second = await Backend.SayingAsync("second");
        await using var gateway = await StartAsync();
        using var link = await LinkAsync();

        await link.SendAsync(1, ("api-1", first.Address));
        await link.UntilAsync(status => status is { Version: 1, Healthy: ["api-1"] });
        Assert.Equal("first", await gateway.GetAsync());

        await link.SendAsync(2, ("api-2", second.Address));
        await link.UntilAsync(status => status is { Version: 2, Healthy: ["api-2"], Busy: [] });
        for (var i = 0; i < 20; i++)
            Assert.Equal("second", await gateway.GetAsync());
    }

    [Fact]
    public async Task Replica_TakenOffTheList_IsBusyUntilItsLastRequestEnds()
    {
        var goOn = new TaskCompletionSource();
        await using var slow = await Backend.StartAsync(async context =>
        {
            await goOn.Task;
            await context.Response.WriteAsync("whole");
        });
        await using var other = await Backend.SayingAsync("other");
        await using var gateway = await StartAsync();
        using var link = await LinkAsync();
        await link.SendAsync(1, ("api-1", slow.Address));
        await link.UntilAsync(status => status is { Version: 1, Healthy: ["api-1"] });
        var inFlight = gateway.GetAsync();
        await Until.TrueAsync(
            () => Task.FromResult(slow.Requests.Count == 1),
            TimeSpan.FromSeconds(60),
            () => "It never arrived.",
            Cancellation
        );

        await link.SendAsync(2, ("api-2", other.Address));
        await link.UntilAsync(status => status is { Version: 2, Healthy: ["api-2"], Busy: ["api-1"] });
        Assert.Equal("other", await gateway.GetAsync());
        goOn.SetResult();
        Assert.Equal("whole", await inFlight);
        await link.UntilAsync(status => status is { Version: 2, Busy: [] });
    }

    [Fact]
    public async Task Host_Gone_LeavesTheLastListInUse_AndIsFollowedAgain()
    {
        await using var first = await Backend.SayingAsync("first");
        await using var second = await Backend.SayingAsync("second");
        await using var gateway = await StartAsync();
        using (var link = await LinkAsync())
        {
            await link.SendAsync(1, ("api-1", first.Address));
            await link.UntilAsync(status => status is { Version: 1, Healthy: ["api-1"] });
        }
        Assert.Equal("first", await gateway.GetAsync());

        using var again = await LinkAsync();
        await again.SendAsync(2, ("api-2", second.Address));
        await again.UntilAsync(status => status is { Version: 2, Healthy: ["api-2"] });
        Assert.Equal("second", await gateway.GetAsync());
    }

    [Fact]
    public async Task List_WithoutReplicas_LeavesRequestsRefused()
    {
        await using var gateway = await StartAsync("--Gateway:Limits:HoldSeconds=0.2");
        using var link = await LinkAsync();
        await link.SendAsync(1);
        await link.UntilAsync(status => status.Version == 1);
        using var answer = await gateway.Client.GetAsync("/", Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private Task<RunningGateway> StartAsync(params string[] settings) =>
        RunningGateway.StartAsync([.. RunningGateway.Before(), $"--Gateway:Control={Control}", .. settings]);

    private async Task<HostSide> LinkAsync() => new(await _listener.AcceptAsync(Cancellation));
}
