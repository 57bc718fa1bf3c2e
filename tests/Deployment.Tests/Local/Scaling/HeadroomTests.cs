using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Scaling;
using AspireDeploy.Tests.Concepts;

namespace AspireDeploy.Tests.Local.Scaling;

public sealed class HeadroomTests
{
    private readonly IResourceBuilder<ProjectResource> _api = Declared.Application().Project("api");

    [Fact]
    public void Replicas_Several_LeaveRoomForTwiceAsMany() => Has(_api.WithReplicas(3), declared: 3, most: 6);

    [Fact]
    public void Autoscale_LeavesRoomForItsMost() => Has(_api.WithAutoscaling(minReplicas: 2, maxReplicas: 5), declared: 2, most: 5);

    [Fact]
    public void Replica_OneAlone_IsLeftAsItIs() => HasNone(_api);

    [Fact]
    public void Replicas_StartedOnRequest_AreLeftAsTheyAre() => HasNone(_api.WithReplicas(3).WithExplicitStart());

    private static void Has(IResourceBuilder<ProjectResource> builder, int declared, int most)
    {
        Headroom.Apply(builder.Resource);
        Assert.True(Headroom.IsApplied(builder.Resource));
        Assert.Equal(declared, Headroom.DeclaredOf(builder.Resource));
        Assert.Equal(most, builder.Resource.GetReplicaCount());
        Assert.True(builder.Resource.HasAnnotationOfType<ExplicitStartupAnnotation>());
    }

    private static void HasNone(IResourceBuilder<ProjectResource> builder)
    {
        var before = builder.Resource.GetReplicaCount();
        Headroom.Apply(builder.Resource);
        Assert.False(Headroom.IsApplied(builder.Resource));
        Assert.Equal(before, builder.Resource.GetReplicaCount());
    }
}
