using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>The order in which azd deploys, and the check of the <c>azure.yaml</c> that says so.</summary>
public class AzdWorkflowTests
{
    private static readonly DeploymentPlan Plan = PlanValidation.Sound(AzureCases.PlanOf("waits"));

    private static string? Checked(params string[] steps) => AzdWorkflow.Check("name: shop\nworkflows:\n  up:\n    steps:\n" + string.Concat(steps.Select(static step => $"      - azd: {step}\n")), Plan, new())?.Message.Split(';')[0];

    [Fact]
    public void Order_IsThatOfTheWaits() => Assert.Equal(["zoo", "migrator", "api"], AzdWorkflow.Order(Plan, new()).Select(static workload => workload.Name));

    [Fact]
    public void Order_OfWhatAzureRuns_HasNothing() => Assert.Equal(["api"], AzdWorkflow.Order(PlanValidation.Sound(AzureCases.PlanOf("managed")), new() { Postgres = new(), Redis = new() }).Select(static workload => workload.Name));

    [Fact]
    public void Check_TheOrderThatIsPublished_IsRight() => Assert.Null(AzdWorkflow.Check(AzdWorkflow.Write(Plan, new()).Content, Plan, new()));

    [Fact]
    public void Check_AnotherOrderThatKeepsTheWaits_IsRight() => Assert.Null(Checked("provision", "deploy zoo", "deploy other", "deploy migrator", "deploy api"));

    [Fact]
    public void Check_ADeploymentBeforeWhatItWaitsFor_IsWrong() => Assert.Equal("deploys api before migrator, which api waits for", Checked("provision", "deploy zoo", "deploy api", "deploy migrator"));

    [Theory]
    [InlineData("provision", "deploy zoo", "deploy migrator")]
    [InlineData("provision", "deploy --all")]
    [InlineData("# deploy zoo", "deploy migrator", "deploy api")]
    public void Check_SomethingThatIsNotDeployedInItsTurn_IsWrong(params string[] steps) => Assert.Matches("^doesn't deploy (api|zoo) in its turn$", Checked(steps));

    [Fact]
    public void Check_NoWorkflow_IsWrong_AndTheRightOneIsNamed() =>
        Assert.Equal("azure.yaml: doesn't deploy zoo in its turn; let it have\nworkflows:\n  up:\n    steps:\n      - azd: provision\n      - azd: deploy zoo\n      - azd: deploy migrator\n      - azd: deploy api\n",
            AzdWorkflow.Check("name: shop\n", Plan, new())!.ToString());

    [Fact]
    public void Check_NoWorkflow_WhereNothingWaits_IsRight() => Assert.Null(AzdWorkflow.Check("name: shop\n", PlanValidation.Sound(AzureCases.PlanOf("network")), new()));
}
