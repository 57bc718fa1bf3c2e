using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Concepts;

public class ScaleTests
{
    private static Scale Of(IResourceBuilder<IResource> declared) =>
        declared.Resource.Annotations.OfType<AutoscalingAnnotation>().Single().Scale;

    [Fact]
    public void WithAutoscale_NoMeasure_FollowsTheProcessor() =>
        Assert.Equal(new(2, 6) { CpuPercent = 70 }, Of(Declared.Application().Project("api").WithAutoscaling(2, 6)));

    [Fact]
    public void WithAutoscale_RequestsAlone_DoesNotFollowTheProcessor() =>
        Assert.Equal(
            new(2, 6) { ConcurrentRequests = 50 },
            Of(Declared.Application().Project("api").WithAutoscaling(2, 6, concurrentRequests: 50))
        );

    [Fact]
    public void WithAutoscale_Locally_RunsTheMinimum() =>
        Assert.Equal(2, Declared.Application().Project("api").WithAutoscaling(2, 6).Resource.GetReplicaCount());

    [Fact]
    public void WithAutoscale_Mistakes_AreRefusedWithResourceAndValue()
    {
        Assert.Equal(
            "api.replicas: the minimum, 5, is more than the maximum, 2; give the smaller first",
            Declared.Refusal(() => Declared.Application().Project("api").WithAutoscaling(5, 2))
        );
        Assert.Equal(
            "api.replicas: 0 is too few; at least 1 runs",
            Declared.Refusal(() => Declared.Application().Project("api").WithAutoscaling(0, 2))
        );
        Assert.Equal(
            "api.autoscale.cpu: 101 is not a percentage from 1 to 100",
            Declared.Refusal(() => Declared.Application().Project("api").WithAutoscaling(1, 2, cpuPercent: 101))
        );
        Assert.Equal(
            "api.autoscale.requests: 0 is too few; at least 1",
            Declared.Refusal(() => Declared.Application().Project("api").WithAutoscaling(1, 2, concurrentRequests: 0))
        );
    }

    [Fact]
    public void Check_NoReplicas_IsRefused()
    {
        var builder = Declared.Application();
        builder.Project("api").WithReplicas(0);

        Assert.Equal(["api.replicas: 0 is too few; at least 1 runs"], builder.Mistakes());
    }

    [Fact]
    public void Check_ReplicasThatContradictAutoscale_IsRefused()
    {
        var builder = Declared.Application();
        builder.Project("api").WithAutoscaling(2, 6).WithReplicas(3);

        Assert.Equal(["api.replicas: WithReplicas(3) and WithAutoscaling(2, 6) say different things; take one away"], builder.Mistakes());
    }

    [Fact]
    public void WithCpu_Mistakes_AreRefusedWithResourceAndValue()
    {
        Assert.Equal("api.cpu.request: must be more than 0", Declared.Refusal(() => Declared.Container().WithCpu(0)));
        Assert.Equal("api.cpu.request: 2 is more than the limit, 1", Declared.Refusal(() => Declared.Container().WithCpu(2, 1)));
        Assert.Equal(
            "api.cpu.request: NaN is not a number of cores; write 0.25 or 2",
            Declared.Refusal(() => Declared.Container().WithCpu(double.NaN))
        );
    }
}
