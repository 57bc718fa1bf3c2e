using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Azure;

public class AzureCaseTests
{
    public static TheoryData<string> Names => TargetCase.In(AzureCases.Folder);

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_ACase_IsEveryFileAsItSays(string name) => TargetCase.Check(AzureCases.TargetOf(name), AzureCases.Folder, name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_TheSamePlanTwice_GivesTheSameBytes(string name) => Assert.Equal(Written(name), Written(name));

    private static EquatableArray<PublishedFile> Written(string name) =>
        Publication.Create(AzureCases.PlanOf(name), AzureCases.TargetOf(name), []).Files;
}
