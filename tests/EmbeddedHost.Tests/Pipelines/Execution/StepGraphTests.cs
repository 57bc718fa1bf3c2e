using Aspire.Hosting;
using Aspire.Hosting.Pipelines;

namespace EmbeddedHost.Tests.Pipelines.Execution;

public class StepGraphTests
{
    [Fact]
    public void Steps_WithoutOrder_KeepTheOrderInWhichTheyWereAdded() => Assert.Equal(["c", "a", "b"], Names(StepGraph.Of([Step("c"), Step("a"), Step("b")])));

    [Fact]
    public void Step_ThatDependsOnAnother_ComesAfterIt() => Assert.Equal(["b", "a"], Names(StepGraph.Of([Step("a", dependsOn: ["b"]), Step("b")])));

    [Fact]
    public void Step_ThatIsRequiredByAnother_ComesBeforeIt() => Assert.Equal(["b", "a"], Names(StepGraph.Of([Step("a"), Step("b", requiredBy: ["a"])])));

    [Fact]
    public void NeededFor_AStep_IsThatStepAndAllItDependsOn()
    {
        var graph = StepGraph.Of([Step("publish"), Step("build"), Step("compose", ["prepare"], ["publish"]), Step("prepare"), Step("deploy", ["publish"])]);

        Assert.Equal(["prepare", "compose", "publish"], Names(graph.NeededFor("publish")));
    }

    [Fact]
    public void NeededFor_AnUnknownStep_NamesTheNearestAndAllThereAre()
    {
        var graph = StepGraph.Of([Step("publish"), Step("build")]);

        var mistake = Assert.Throws<DistributedApplicationException>(() => graph.NeededFor("pubish"));

        Assert.Equal("There is no pipeline step 'pubish'. Did you mean 'publish'? Steps: build, publish.", mistake.Message);
    }

    [Fact]
    public void Steps_InACircle_AreNamedInTheirOrder()
    {
        var mistake = Assert.Throws<DistributedApplicationException>(() => StepGraph.Of([Step("z"), Step("a", ["b"]), Step("b", ["c"]), Step("c", requiredBy: ["b"], dependsOn: ["a"])]));

        Assert.Equal("Pipeline steps depend on each other in a circle, so none of them could ever run: a → b → c → a.", mistake.Message);
    }

    [Fact]
    public void Steps_OfOneName_AreRefused() =>
        Assert.Equal("Two pipeline steps are called 'a'. Give one of them another name.", Assert.Throws<DistributedApplicationException>(() => StepGraph.Of([Step("a"), Step("a")])).Message);

    [Fact]
    public void Step_ThatDependsOnOneThatIsNotThere_IsRefused() => Assert.Equal(
        "Pipeline step 'a' depends on step 'buidl', which isn't there. Did you mean 'build'?",
        Assert.Throws<DistributedApplicationException>(() => StepGraph.Of([Step("a", ["buidl"]), Step("build")])).Message);

    [Fact]
    public void Step_ThatIsRequiredByOneThatIsNotThere_IsRefused() => Assert.Equal(
        "Pipeline step 'a' is required by step 'nowhere-near', which isn't there.",
        Assert.Throws<DistributedApplicationException>(() => StepGraph.Of([Step("a", requiredBy: ["nowhere-near"])])).Message);

    private static PipelineStep Step(string name, string[]? dependsOn = null, string[]? requiredBy = null) => new()
    {
        Name = name,
        Action = _ => Task.CompletedTask,
        DependsOnSteps = [.. dependsOn ?? []],
        RequiredBySteps = [.. requiredBy ?? []],
    };

    private static IEnumerable<string> Names(StepGraph graph) => graph.Steps.Select(s => s.Name);
}
