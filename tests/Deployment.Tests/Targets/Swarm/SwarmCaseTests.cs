using AspireDeploy.Targets.Swarm;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Swarm;

public class SwarmCaseTests
{
    private const string Folder = "Targets/Swarm/Cases";

    public static TheoryData<string> Names => TargetCase.In(Folder);

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_ACase_IsEveryFileAsItSays(string name) =>
        TargetCase.Check(
            new SwarmTarget(name.StartsWith("traefik", StringComparison.Ordinal) ? new("swarm") { Traefik = new("proxy") } : null),
            Folder,
            name
        );
}
