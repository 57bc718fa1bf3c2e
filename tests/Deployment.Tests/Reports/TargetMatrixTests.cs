using AspireDeploy.Reports;
using AspireDeploy.Targets;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Reports;

public class TargetMatrixTests
{
    [Fact]
    public void Docs_ThePageOfConceptsAndTargets_IsWhatTheTablesSay()
    {
        var page = Path.Combine(TargetCase.Repository, "docs", "targets.md");
        var written = TargetMatrix.Write(TargetCatalog.All);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1") File.WriteAllText(page, written);

        Assert.Equal(File.Exists(page) ? File.ReadAllText(page) : "", written);
    }

    [Fact]
    public void Write_EveryConceptOnEveryTarget_IsCarriedOrRefused() =>
        Assert.All(TargetCatalog.All.SelectMany(static target => AspireDeploy.Targets.Concepts.All.Select(concept => target.Concepts[concept.Concept])), static rule => Assert.True(rule.Mechanism.Length > 0 || rule.Refuses is not null));
}
