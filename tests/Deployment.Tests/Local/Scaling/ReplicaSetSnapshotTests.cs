using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireDeploy.Tests.Local.Scaling;

public sealed class ReplicaSetSnapshotTests
{
    private readonly ExecutableResource _api = new("api", "api", ".");

    [Fact]
    public void State_ReplicasThatArentKnownYet_IsNotStarted() => Is("NotStarted", health: null, wanted: 2, Replica("Running"));

    [Fact]
    public void State_EveryReplicaWell_IsThat() => Is("Running", HealthStatus.Healthy, wanted: 2, Replica("Running"), Replica("Running"));

    [Theory]
    [InlineData("Waiting", "Waiting")]
    [InlineData("Crash loop, next try in 3 s", "Crash loop, next try in 3 s")]
    // It would end a wait for all.
    [InlineData("Exited", "Starting")]
    [InlineData("FailedToStart", "Starting")]
    public void State_OneThatDoesntRun_IsThatOnes(string one, string all) =>
        Is(all, health: null, wanted: 2, Replica("Running"), Replica(one, exitCode: 1));

    [Fact]
    public void State_EveryReplicaEnded_IsTheEnd()
    {
        var snapshot = ReplicaSetSnapshot.Create([Replica("Exited", exitCode: 3), Replica("Exited", exitCode: 3)], wanted: 2);
        Assert.Equal(("Exited", 3), (snapshot.State?.Text, snapshot.ExitCode));
    }

    private static void Is(string state, HealthStatus? health, int wanted, params ReplicaFacts[] replicas)
    {
        var snapshot = ReplicaSetSnapshot.Create(replicas, wanted);
        Assert.Equal((state, health), (snapshot.State?.Text, snapshot.HealthStatus));
        Assert.Null(snapshot.ExitCode);
        Assert.True(snapshot.IsHidden);
    }

    private ReplicaFacts Replica(string state, int? exitCode = null) =>
        new(
            "api-a",
            _api,
            new()
            {
                ResourceType = "Project",
                Properties = [],
                State = state,
                ExitCode = state == "Running" ? null : exitCode,
            }
        );
}
