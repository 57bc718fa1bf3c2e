using AspireDeploy.Targets.Compose;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Compose;

public class ComposeCaseTests
{
    private const string Folder = "Targets/Compose/Cases";

    public static TheoryData<string> Names => TargetCase.In(Folder);

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_ACase_IsEveryFileAsItSays(string name) =>
        TargetCase.Check(
            new ComposeTarget(name.StartsWith("traefik", StringComparison.Ordinal) ? new("compose") { Traefik = new("proxy") } : null),
            Folder,
            name
        );
}
