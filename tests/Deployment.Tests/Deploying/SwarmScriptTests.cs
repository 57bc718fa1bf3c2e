using AspireDeploy.Model;
using AspireDeploy.Targets.Swarm;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// The scripts for a swarm of several nodes, of which some go down. A test can't take machines down, so a stand-in answers for Docker's
/// command.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SwarmScriptTests : IDisposable
{
    private readonly StandInSwarm _swarm = new();
    private readonly PublishedScripts _scripts = new();

    public SwarmScriptTests()
    {
        var plan = TargetCase.PlanOf("Targets/Swarm/Cases", "waits");
        plan = plan with
        {
            Volumes = [new("postgres-data")],
            Workloads = plan
                .Workloads.Select(static workload =>
                    workload.Name switch
                    {
                        "api" => workload with { Scale = Scale.Fixed(3) },
                        "postgres" => workload with { Mounts = [new("postgres-data", "/var/lib/postgresql")] },
                        _ => workload,
                    }
                )
                .ToEquatableArray(),
        };
        _scripts.Publish(plan, new SwarmTarget());
    }

    public void Dispose()
    {
        _swarm.Dispose();
        _scripts.Dispose();
    }

    [Fact]
    public async Task Deploy_WhileANodeIsDown_GoesOnAndNamesIt()
    {
        await SucceedAsync("./deploy.sh");
        _swarm.Lose("n2");
        var changes = _swarm.Changes;

        var again = await SucceedAsync("./deploy.sh");

        Assert.Contains(
            "s  node-2 is down; what ran there runs on the other nodes, and the swarm's own counts still include it\n",
            again,
            StringComparison.Ordinal
        );
        Assert.EndsWith("s  nothing changed", again, StringComparison.Ordinal);
        Assert.Equal(changes, _swarm.Changes);
        Assert.Equal(3, _swarm.RunningOf("shop_api"));

        _scripts.Change("stack.api.yaml", "replicas: 3", "replicas: 2");
        _scripts.Change("deploy.sh", "service api 3", "service api 2");
        Assert.EndsWith("s  deployed", await SucceedAsync("./deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(2, _swarm.RunningOf("shop_api"));
    }

    [Fact]
    public async Task Deploy_WhileTheNodeWithTheDataIsDown_IsRefusedByItsName()
    {
        await SucceedAsync("./deploy.sh");
        _swarm.Lose("n1");
        var changes = _swarm.Changes;

        foreach (
            var command in (string[][])
                [
                    ["./deploy.sh"],
                    ["./deploy.sh", "--check"],
                ]
        )
            Assert.Equal(
                "The node node-1, which has the data (label shop.data), is down: start it again, and then run ./deploy.sh.",
                (await _scripts.FailAsync(_swarm.Variables, command)).Failure
            );
        Assert.Equal(changes, _swarm.Changes);
    }

    [Theory]
    [InlineData("drain")]
    [InlineData("pause")]
    public async Task Deploy_WhileTheNodeWithTheDataTakesNoReplicas_IsRefusedByItsName(string availability)
    {
        await SucceedAsync("./deploy.sh");
        _swarm.Set("n1", availability);
        var changes = _swarm.Changes;

        Assert.Equal(
            $"The node node-1, which has the data (label shop.data), takes no replicas ({availability}): let it (docker node update "
                + "--availability active node-1), and then run ./deploy.sh.",
            (await _scripts.FailAsync(_swarm.Variables, "./deploy.sh")).Failure
        );
        Assert.Equal(changes, _swarm.Changes);

        // Another one's replicas are on the others.
        _swarm.Set("n1", "active");
        _swarm.Set("n2", availability);
        Assert.EndsWith("s  nothing changed", await SucceedAsync("./deploy.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destroy_AReplicaOnAnotherNodeThatIsSlowToStop_IsWaitedFor_AndTheNextOneStartsAlone()
    {
        await SucceedAsync("./deploy.sh");
        _swarm.Slow("shop_postgres");

        var said = await SucceedAsync("./destroy.sh");

        Assert.Contains("waits for postgres:18.3 on node-1 to stop\n", said, StringComparison.Ordinal);
        Assert.EndsWith("took shop away", said, StringComparison.Ordinal);
        await SucceedAsync("./deploy.sh");
        Assert.Empty(_swarm.Together);
    }

    [Fact]
    public async Task Deploy_WhatAnotherManagerTookAwayStillStops_WaitsForIt()
    {
        await SucceedAsync("./deploy.sh");
        _swarm.RemoveElsewhere();

        var said = await SucceedAsync("./deploy.sh");

        Assert.Contains("  waits for ", said, StringComparison.Ordinal);
        Assert.Contains("postgres:18.3 on node-1", said, StringComparison.Ordinal);
        Assert.Empty(_swarm.Together);
    }

    [Fact]
    public async Task Destroy_WhileANodeIsDown_EndsAndNamesIt()
    {
        await SucceedAsync("./deploy.sh");
        _swarm.Lose("n3");

        var said = await SucceedAsync("./destroy.sh");

        Assert.Contains("node-3 doesn't answer: what ran there ends when it comes back.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destroy_WithItsDataFromAnotherNode_SaysWhereTheDataStays()
    {
        await SucceedAsync("./deploy.sh");
        _scripts.Change("destroy.sh", "docker info --format '{{.Swarm.NodeID}}'", "echo n2");

        Assert.Contains(
            "Data is on node-1, and stays: run ./destroy.sh --volumes there.",
            await SucceedAsync("./destroy.sh", "--volumes"),
            StringComparison.Ordinal
        );
    }

    private Task<string> SucceedAsync(params string[] command) => _scripts.SucceedAsync(_swarm.Variables, command);
}
