using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Kubernetes;

public class KubernetesCaseTests
{
    public static TheoryData<string> Names => TargetCase.In(KubernetesCases.Folder);

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_ACase_IsEveryFileAsItSays(string name) =>
        TargetCase.Check(KubernetesCases.TargetOf(name), KubernetesCases.Folder, name);
}
