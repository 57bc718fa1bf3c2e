using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Kubernetes;

public class KubernetesTargetTests
{
    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        static Publication Publish() =>
            Publication.Create(TargetCase.PlanOf(KubernetesCases.Folder, "solution"), KubernetesCases.TargetOf("solution"), []);

        Assert.Equal(Publish().Files, Publish().Files);
    }

    [Fact]
    public void Concepts_OfTheSolution_AreAllCarried() =>
        Assert.All(
            KubernetesCases.TargetOf("solution").Concepts.Judge(TargetCase.PlanOf(KubernetesCases.Folder, "solution")),
            static result => Assert.IsType<Supported>(result.Outcome)
        );
}
