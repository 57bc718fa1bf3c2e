using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Nomad;

public class NomadCaseTests
{
    public static TheoryData<string> Names => TargetCase.In(NomadCases.Folder);

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_ACase_IsEveryFileAsItSays(string name) => TargetCase.Check(NomadCases.TargetOf(name), NomadCases.Folder, name);
}
