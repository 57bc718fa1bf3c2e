using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>The order in which azd deploys, and the check of the <c>azure.yaml</c> that says so.</summary>
public class AzdWorkflowTests
{
    private static readonly DeploymentPlan Plan = PlanValidation.Sound(AzureCases.PlanOf("waits"));

    private static string? Checked(params string[] steps) =>
        AzdWorkflow
            .Check(
                "name: shop\nworkflows:\n  up:\n    steps:\n" + string.Concat(steps.Select(static step => $"      - azd: {step}\n")),
                Plan,
                new()
            )
            ?.Message.Split(';')[0];

    [Fact]
    public void Order_IsThatOfTheWaits() =>
        Assert.Equal(["zoo", "migrator", "api"], AzdWorkflow.Order(Plan, new()).Select(static workload => workload.Name));

    [Fact]
    public void Order_OfWhatAzureRuns_HasNothing() =>
        Assert.Equal(
            ["api"],
            AzdWorkflow
                .Order(PlanValidation.Sound(AzureCases.PlanOf("managed")), new() { Postgres = new(), Redis = new() })
                .Select(static workload => workload.Name)
        );

    [Fact]
    public void Check_TheOrderThatIsPublished_IsRight() =>
        Assert.Null(AzdWorkflow.Check(AzdWorkflow.Write(Plan, new()).Content, Plan, new()));

    [Fact]
    public void Check_AnotherOrderThatKeepsTheWaits_IsRight() =>
        Assert.Null(Checked("provision", "deploy zoo", "deploy other", "deploy migrator", "deploy api"));

    [Fact]
    public void Check_ADeploymentBeforeWhatItWaitsFor_IsWrong() =>
        Assert.Equal(
            "deploys api before migrator, which api waits for",
            Checked("provision", "deploy zoo", "deploy api", "deploy migrator")
        );

    [Theory]
    [InlineData("provision", "deploy zoo", "deploy migrator")]
    [InlineData("provision", "deploy --all")]
    [InlineData("# deploy zoo", "deploy migrator", "deploy api")]
    public void Check_SomethingThatIsNotDeployedInItsTurn_IsWrong(params string[] steps) =>
        Assert.Matches("^doesn't deploy (api|zoo) in its turn$", Checked(steps));

    [Theory]
    [InlineData("workflows: {up: {steps: [{azd: provision}, {azd: deploy zoo}, {azd: deploy migrator}, {azd: deploy api}]}}")]
    [InlineData("workflows:\n  up:\n    - azd: provision\n    - azd: deploy zoo\n    - azd: deploy migrator\n    - azd: deploy api")]
    [InlineData(
        "workflows:\n  up:\n    steps:\n      - azd: 'provision --no-prompt' # the environment first\n      - azd: \"deploy zoo "
            + "--no-prompt\"\n      # then\n      - azd: deploy  migrator\n      - azd: deploy --from-package api.tar api -e prod"
    )]
    [InlineData(
        "workflows:\n  up:\n    steps:\n      - azd:\n          args: [provision, --no-state]\n      - azd:\n          args:\n      "
            + "      - deploy\n            - --timeout\n            - \"3600\"\n            - zoo\n      - azd: {args: [deploy, "
            + "migrator]}\n      - azd: package --all\n      - azd: deploy api\n      - azd: deploy --all"
    )]
    [InlineData(
        "workflows:\n  up:\n    - azd: --debug provision\n    - azd: {command: deploy, args: [zoo]}\n    - azd: {command: --no-prompt, "
            + "args: [deploy, migrator]}\n    - azd: -C . deploy api"
    )]
    [InlineData(
        "x: &x {steps: [{azd: provision}, {azd: deploy zoo}, {azd: deploy migrator}, {azd: deploy api}]}\nworkflows: {up: {<<: *x}}"
    )]
    [InlineData("x: &x [{azd: provision}, {azd: deploy zoo}, {azd: deploy migrator}, {azd: deploy api}]\nworkflows: {up: *x}")]
    public void Check_WhatAzdRunsInTheRightOrder_IsRight_HoweverItIsWritten(string azureYaml) =>
        Assert.Null(AzdWorkflow.Check(azureYaml, Plan, new()));

    [Theory]
    [InlineData("deploy zoo", "deploy migrator", "deploy api")]
    [InlineData("deploy zoo", "provision", "deploy migrator", "deploy api")]
    [InlineData("provision --preview", "deploy zoo", "deploy migrator", "deploy api")]
    public void Check_WithoutProvisioningFirst_IsWrong(params string[] steps) =>
        Assert.Equal("doesn't provision before it deploys", Checked(steps));

    [Theory]
    [InlineData("provision", "deploy --all", "deploy zoo", "deploy migrator", "deploy api")]
    [InlineData("provision", "deploy", "deploy migrator", "deploy api")]
    [InlineData("provision", "deploy -e prod", "deploy migrator", "deploy api")]
    [InlineData("provision", "-C . deploy --all", "deploy zoo", "deploy migrator", "deploy api")]
    [InlineData("provision", "--debug deploy", "deploy zoo", "deploy migrator", "deploy api")]
    [InlineData("provision", "{command: deploy}", "deploy zoo", "deploy migrator", "deploy api")]
    public void Check_EverythingAtOnceFirst_IsWrong(params string[] steps) =>
        Assert.Equal("doesn't deploy zoo in its turn", Checked(steps));

    [Theory]
    [InlineData("")]
    [InlineData("workflows:")]
    [InlineData("workflows: []")]
    [InlineData("workflows: {up: {steps: null}}")]
    [InlineData("workflows: {up: [null, deploy, {azd: null}, {azd: []}, {azd: {args: deploy}}]}")]
    [InlineData("workflows: {up: &up {<<: *up}}")]
    [InlineData("\uFEFFname: shop\n---\nworkflows: {up: [{azd: provision}, {azd: deploy zoo}, {azd: deploy migrator}, {azd: deploy api}]}")]
    public void Check_WhatDeploysNothing_IsWrong(string azureYaml) =>
        Assert.Matches("doesn't deploy zoo in its turn|can't be read as YAML", AzdWorkflow.Check(azureYaml, Plan, new())!.Message);

    [Fact]
    public void Check_WhatIsNoYaml_SaysWhere() =>
        Assert.StartsWith(
            "azure.yaml: can't be read as YAML, line 3: ",
            AzdWorkflow.Check("workflows:\n  up: [", Plan, new())!.ToString(),
            StringComparison.Ordinal
        );

    [Fact]
    public void Part_AsksForAnAzdThatKnowsWorkflows() =>
        Assert.Contains("requiredVersions:\n  azd: \">= 1.20.0\"\n", AzdWorkflow.Write(Plan, new()).Content, StringComparison.Ordinal);

    [Fact]
    public void Pipeline_OfEveryCase_EndsWithAzdUp_AndDeploysNothingElse() =>
        Assert.All(AzureCaseTests.Names.Select(static row => row.Data), static name =>
        {
            var pipeline = new YamlDotNet.RepresentationModel.YamlStream();
            pipeline.Load(new StringReader(AzureCases.FilesOf(name).Single(static file => file.Path == AzdPipeline.File).Content));
            var steps = (YamlDotNet.RepresentationModel.YamlSequenceNode)pipeline.Documents[0].RootNode["jobs"]["up"]["steps"];

            var commands = steps
                .OfType<YamlDotNet.RepresentationModel.YamlMappingNode>()
                .Where(static step => step.Children.ContainsKey("run"))
                .Select(static step => step["run"].ToString())
                .ToList();
            Assert.Equal("azd up --no-prompt", commands[^1]);
            Assert.DoesNotContain(commands, static command => command.Contains("azd deploy", StringComparison.Ordinal));
            // Each secret, and each value that has no default, is asked for by name.
            var plan = AzureCases.PlanOf(name);
            Assert.All(
                plan.Secrets.Select(static secret => secret.Name)
                    .Concat(
                        plan.Parameters.Where(static parameter => parameter.Default is null).Select(static parameter => parameter.Name)
                    ),
                asked =>
                    Assert.Contains(commands, command => command.Contains($"{asked.Replace('-', '_')}: env.", StringComparison.Ordinal))
            );
        });

    [Theory]
    [InlineData("fits", null)]
    [InlineData("it's", "KEY has a single quote, a backslash, a line break or ${, which azd would misread: choose another")]
    [InlineData("a\\b", "KEY has a single quote, a backslash, a line break or ${, which azd would misread: choose another")]
    [InlineData("a${b}", "KEY has a single quote, a backslash, a line break or ${, which azd would misread: choose another")]
    [InlineData("two\nlines", "KEY has a single quote, a backslash, a line break or ${, which azd would misread: choose another")]
    [InlineData("", "KEY isn't set in the repository")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Pipeline_AValueThatAzdWouldMisread_IsRefused(string value, string? refusal)
    {
        var pipeline = new YamlDotNet.RepresentationModel.YamlStream();
        pipeline.Load(
            new StringReader(
                AzdPipeline
                    .Write(
                        new()
                        {
                            Name = "shop",
                            Workloads = [],
                            Secrets = [new("key")],
                        }
                    )
                    .Content
            )
        );
        var step = ((YamlDotNet.RepresentationModel.YamlSequenceNode)pipeline.Documents[0].RootNode["jobs"]["up"]["steps"])
            .OfType<YamlDotNet.RepresentationModel.YamlMappingNode>()
            .Single(static step => step.Children.ContainsKey("env"));
        var start = new System.Diagnostics.ProcessStartInfo(
            "bash",
            ["-e", "-c", $"jq() {{ :; }}\ncd \"$(mktemp -d)\"\nmkdir -p .azure\n{step["run"]}"]
        )
        {
            RedirectStandardError = true,
        };
        (start.Environment["KEY"], start.Environment["AZURE_ENV_NAME"]) = (value, "");

        using var shell = System.Diagnostics.Process.Start(start)!;
        var said = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((refusal is null ? 0 : 1, refusal ?? ""), (shell.ExitCode, said.TrimEnd()));
    }

    [Theory]
    [InlineData(true, "azd", "down")]
    [InlineData(true, "/usr/bin/azd", "-C", "shop", "down", "--force")]
    [InlineData(true, "azd.exe", "--environment", "prod", "down")]
    [InlineData(false, "azd", "up")]
    [InlineData(false, "azd", "-e", "down", "up")]
    [InlineData(false, "azd")]
    [InlineData(false, "sh", "down")]
    public void Down_IsFoundInACommand(bool isDown, params string[] command) => Assert.Equal(isDown, AzdDown.Is(command));

    [Fact]
    public void Check_NoWorkflow_IsWrong_AndTheRightOneIsNamed() =>
        Assert.Equal(
            "azure.yaml: doesn't deploy zoo in its turn; let it have\nworkflows:\n  up:\n    steps:\n      - azd: provision\n      "
                + "- azd: deploy zoo\n      - azd: deploy migrator\n      - azd: deploy api\n",
            AzdWorkflow.Check("name: shop\n", Plan, new())!.ToString()
        );

    [Fact]
    public void Check_NoWorkflow_WhereNothingWaits_IsRight() =>
        Assert.Null(AzdWorkflow.Check("name: shop\n", PlanValidation.Sound(AzureCases.PlanOf("network")), new()));
}
