using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;

namespace EmbeddedHost.Tests.Orchestration;

public sealed class InstanceNamesTests
{
    private readonly ProjectResource _api = new("api");

    [Fact]
    public void Instances_AreNamedOnce_EachForItself()
    {
        _api.Annotations.Add(new ReplicaAnnotation(3));
        InstanceNames.Give([_api]);
        var named = _api.Instances();

        Assert.Equal(3, named.Select(instance => instance.Id).Distinct().Count());
        Assert.All(named, instance => Assert.Matches("^api-[a-z]{8}$", instance.Id));
        Assert.Equal(named, InstanceNames.Of(_api));
    }

    [Fact]
    public void Replicas_MoreThanHaveBeenNamed_AreRefusedWithTheResource()
    {
        InstanceNames.Give([_api]);
        _api.Annotations.Add(new ReplicaAnnotation(3));

        var refused = Assert.Throws<DistributedApplicationException>(() => InstanceNames.Of(_api));

        Assert.StartsWith("api had 1 replicas when the application began to start, and now has 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameter_HasNoInstances()
    {
        var parameter = new ParameterResource("password", _ => "secret", secret: true);
        InstanceNames.Give([parameter]);

        Assert.Empty(parameter.Instances());
    }
}
