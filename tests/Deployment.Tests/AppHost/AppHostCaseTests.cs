using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.AppHost;

/// <summary>The solution's own AppHost, from its declaration to every byte of every target.</summary>
public sealed class AppHostCaseTests(AppHostDeclaration declaration) : IClassFixture<AppHostDeclaration>
{
    private const string Folder = "AppHost/Cases";

    public static TheoryData<string> Targets => TargetCase.In(Folder);

    [Fact]
    public void Plan_OfTheSolution_IsAsItSays() =>
        TargetCase.Compare(Path.Combine(TargetCase.Project, Folder, "plan.json"), PlanJson.Write(declaration.Plan));

    [Fact]
    public void Targets_OfTheSolution_EachHaveACase() =>
        Assert.Equal(
            declaration.Targets.Select(static target => target.Name).Order(StringComparer.Ordinal),
            Targets.Select(static row => row.Data)
        );

    [Theory]
    [MemberData(nameof(Targets))]
    public void Write_TheSolution_IsEveryFileAsItSays(string target) =>
        TargetCase.Compare(declaration.PublicationFor(target).Files, $"{Folder}/{target}.txt");
}
