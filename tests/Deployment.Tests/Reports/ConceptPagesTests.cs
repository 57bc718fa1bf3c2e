using AspireDeploy.Model;
using AspireDeploy.Reports;
using AspireDeploy.Targets;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Reports;

public class ConceptPagesTests
{
    public static TheoryData<string> Files => [.. ConceptPages.All.Select(static page => page.File)];

    private static string Folder => Path.Combine(TargetCase.Repository, "docs", "concepts");

    [Theory]
    [MemberData(nameof(Files))]
    public void Docs_APageOfConcepts_HasTheTargetsTables(string file) =>
        HoldOrUpdate(file, text =>
            ConceptPages.Update(text, ConceptPages.All.Single(page => page.File == file).Concepts, TargetCatalog.All)
        );

    [Fact]
    public void Docs_TheIndexOfConcepts_ListsThemAll() => HoldOrUpdate("README.md", ConceptPages.UpdateIndex);

    [Fact]
    public void Docs_EveryConcept_IsOnOnePage() =>
        Assert.Equal(
            AspireDeploy.Targets.Concepts.All.Select(static concept => concept.Concept).Order(),
            ConceptPages.All.SelectMany(static page => page.Concepts).Order()
        );

    [Fact]
    public void Docs_EveryPageOfConcepts_IsInTheIndex() =>
        Assert.Equal(
            ConceptPages.All.Select(static page => page.File).Append("README.md").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Write_EveryConceptOnEveryTarget_IsCarriedOrRefused() =>
        Assert.All(
            TargetCatalog.All.SelectMany(static target =>
                AspireDeploy.Targets.Concepts.All.Select(concept => target.Concepts[concept.Concept])
            ),
            static rule => Assert.True(rule.Mechanism.Length > 0 || rule.Refuses is not null)
        );

    [Fact]
    public void Update_APageWithoutAPlaceForTables_IsRefused() =>
        Assert.Equal(
            "The page has no lines <!-- targets --> and <!-- /targets -->.",
            Assert.Throws<FormatException>(static () => ConceptPages.Update("# A page\n", [Concept.Memory], TargetCatalog.All)).Message
        );

    private static void HoldOrUpdate(string file, Func<string, string> update)
    {
        var page = Path.Combine(Folder, file);
        var written = update(File.ReadAllText(page));
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
            File.WriteAllText(page, written);

        Assert.Equal(File.ReadAllText(page), written);
    }
}
