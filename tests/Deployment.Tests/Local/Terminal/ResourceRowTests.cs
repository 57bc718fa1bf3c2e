using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Memory.ControlGroups;
using AspireDeploy.Local.Replicas;
using AspireDeploy.Local.Scaling;
using AspireDeploy.Local.Terminal;
using AspireDeploy.Tests.Concepts;

namespace AspireDeploy.Tests.Local.Terminal;

public sealed class ResourceRowTests
{
    private readonly ExecutableResource _api = new("api", "api", ".") { Annotations = { new ReplicaAnnotation(3) } };

    [Fact]
    public void Row_ReplicasThatDiffer_SaysHowManyAreInWhichState()
    {
        ReplicaFacts[] replicas =
        [
            Replica("api-a", "Running", ("Restarts", 2)),
            Replica("api-b", "Running"),
            Replica("api-c", "Crash loop, next try in 8 s", ("Restarts", 5)),
        ];
        var row = Assert.Single(ResourceRow.Create(replicas, replica => replica.Id == "api-a" ? new MemoryUse(200 << 20, 256 << 20)
                : replica.Id == "api-b" ? new MemoryUse(100 << 20, 256 << 20)
                : null));
        Assert.Equal(
            new(
                "api",
                "2 Running; 1 Crash loop, next try in 8 s",
                "Healthy",
                "2 of 3",
                "7",
                "200 MiB of 256 MiB",
                "https://localhost:7443"
            ),
            row
        );
    }

    [Fact]
    public void Row_HiddenReplicas_AreLeftOut()
    {
        var hidden = Replica("api-b", "NotStarted");
        var row = Assert.Single(
            ResourceRow.Create([Replica("api-a", "Running"), hidden with { Snapshot = hidden.Snapshot with { IsHidden = true } }], _ =>
                null
            )
        );
        Assert.Equal("1 of 1", row.Replicas);
        Assert.Empty(row.Memory);
        Assert.Empty(row.Restarts);
    }

    [Theory]
    [InlineData("Running", null, "api-a: Running, Healthy")]
    [InlineData("Exited", 137, "api-a: Exited, exit code 137")]
    [InlineData("Crash loop, next try in 8 s", 137, "api-a: Crash loop")]
    public void Line_OfAReplica_SaysStateHealthAndExitCode(string state, int? exitCode, string line)
    {
        var replica = Replica("api-a", state);
        Assert.Equal(line, RunLines.Line(replica with { Snapshot = replica.Snapshot with { ExitCode = exitCode } }));
    }

    [Fact]
    public void Line_OfAHiddenReplica_IsNone()
    {
        var replica = Replica("api-a", "NotStarted");
        Assert.Null(RunLines.Line(replica with { Snapshot = replica.Snapshot with { IsHidden = true } }));
    }

    // Microsoft's host says so of a replica between its waiting and its running.
    [Fact]
    public void Line_OfAReplicaInNoState_IsNotTold() => Assert.Null(RunLines.Line(Replica("api-a", "")));

    [Theory]
    [InlineData(3, false)]
    [InlineData(1, true)]
    public void NotStarted_IsToldOfAReplica_UnlessItIsThereToScaleUp(int declared, bool isTold)
    {
        var api = Declared.Application().Project("api").WithReplicas(declared).Resource;
        Headroom.Apply(api);
        var replica = Replica("api-a", "NotStarted") with { Resource = api };
        Assert.Equal(isTold ? "api-a: NotStarted" : null, RunLines.Line(replica));
        Assert.Equal(isTold ? 1 : 0, ResourceRow.Create([replica], _ => null).Count);
    }

    [Fact]
    public void Line_OfAReplicaThereToScaleUp_IsSaidOnceItStarts()
    {
        var api = Declared.Application().Project("api").WithReplicas(3).Resource;
        Headroom.Apply(api);
        Assert.Equal("api-a: Starting", RunLines.Line(Replica("api-a", "Starting") with { Resource = api }));
    }

    private ReplicaFacts Replica(string id, string state, params (string Name, object Value)[] properties) =>
        new(
            id,
            _api,
            new()
            {
                ResourceType = "Executable",
                State = state,
                Properties = [.. properties.Select(p => new ResourcePropertySnapshot(p.Name, p.Value))],
                Urls =
                [
                    new("http", "http://localhost:7080", false),
                    new("https", "https://localhost:7443", false),
                    new("inner", "https://localhost:1", true),
                ],
            }
        );
}
