using AspireDeploy.Workload;

namespace AspireDeploy.Gateway.Tests.Health;

public sealed class ProbingTests
{
    [Fact]
    public async Task Replica_SaysItIsUnwell_IsSentNothing()
    {
        await using var unwell = await Backend.SayingAsync("unwell");
        await using var well = await Backend.SayingAsync("well");
        unwell.IsWell = false;
        await using var gateway = await RunningGateway.BeforeAsync([unwell, well]);
        for (var i = 0; i < 50; i++)
            Assert.Equal("well", await gateway.GetAsync());
        Assert.Empty(unwell.Requests);
    }

    [Fact]
    public async Task Replica_BecomesUnwellAndWellAgain_IsFollowed()
    {
        await using var first = await Backend.SayingAsync("first");
        await using var second = await Backend.SayingAsync("second");
        await using var gateway = await RunningGateway.BeforeAsync([first, second]);
        first.IsWell = false;
        await gateway.UntilWellAsync(1);
        Assert.Equal("second", await gateway.GetAsync());
        first.IsWell = true;
        await gateway.UntilWellAsync(2);
        await Until.TrueAsync(
            async () => await gateway.GetAsync() == "first",
            TimeSpan.FromSeconds(60),
            () => "It is sent nothing any more.",
            TestContext.Current.CancellationToken
        );
    }

    [Fact]
    public async Task Replicas_AllUnwell_AreAskedAllTheSame()
    {
        await using var unwell = await Backend.SayingAsync("cached");
        await using var gateway = await RunningGateway.BeforeAsync([unwell]);
        unwell.IsWell = false;
        await gateway.UntilWellAsync(0);
        Assert.Equal("cached", await gateway.GetAsync());
    }

    [Fact]
    public async Task Replica_Dies_IsNotedByTheFirstFailedRequest()
    {
        await using var dead = await Backend.SayingAsync("dead");
        await using var alive = await Backend.SayingAsync("alive");
        await using var gateway = await RunningGateway.BeforeAsync([dead, alive]);
        await dead.DisposeAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ => Assert.Equal("alive", await gateway.GetAsync())));
        await gateway.UntilWellAsync(1);
    }

    [Fact]
    public async Task Replica_WithoutProbePath_IsWellWhenItAccepts()
    {
        await using var backend = await Backend.SayingAsync("here");
        await using var gateway = await RunningGateway.StartAsync(
            "--Gateway:Routes:0:Path=/",
            "--Gateway:Routes:0:Service=api",
            $"--Gateway:Services:api:Replicas:0={backend.Address}"
        );
        await gateway.UntilWellAsync(1);
        await backend.DisposeAsync();
        await gateway.UntilWellAsync(0);
    }
}
