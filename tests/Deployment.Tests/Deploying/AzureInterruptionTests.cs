namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// Azure that doesn't answer, and deployments that others or a run that was ended have left going: what is said, and what isn't done.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AzureInterruptionTests : IDisposable
{
    private const string Unavailable = "(ServiceUnavailable) The service is unavailable at the moment";

    private readonly PublishedShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("group exists", "Azure doesn't answer for the subscription Acme: {0}. Run ./deploy.sh again.")]
    [InlineData("group show", "Azure doesn't tell what the resource group rg-shop is: {0}. Run ./deploy.sh again.")]
    [InlineData("/locations", "Azure doesn't tell which regions it has: {0}. Run ./deploy.sh again.")]
    [InlineData("provider show", "Azure doesn't tell where Azure Container Apps is: {0}. Run ./deploy.sh again.")]
    [InlineData("deployment sub create", "The environment wasn't deployed: {0}. What runs wasn't touched.")]
    [InlineData("--name main.environment", "The environment doesn't tell what it is: {0}.")]
    [InlineData("acr login", "You can't push to crshop.azurecr.io: {0}.")]
    [InlineData(
        "acr repository show",
        "crshop.azurecr.io doesn't tell the digest of shop-api:1.0.0, which was pushed: {0}. Run ./deploy.sh again."
    )]
    [InlineData("--name postgres --template-file", "postgres wasn't deployed: {0}. What runs wasn't touched.")]
    [InlineData(
        "containerApps/cache?",
        "Azure doesn't answer about containerApps/cache: {0}. What was begun there goes on: run ./deploy.sh again."
    )]
    [InlineData(
        "/executions?",
        "Azure doesn't answer about jobs/migrator/executions: {0}. What was begun there goes on: run ./deploy.sh again."
    )]
    [InlineData("/start?", "migrator couldn't be started. Those who wait for it weren't touched: the version before goes on serving.")]
    [InlineData(
        "/executions/migrator-1",
        "Azure doesn't answer about jobs/migrator/executions/migrator-1: {0}. What was begun there goes on: run ./deploy.sh again."
    )]
    public async Task Deploy_WhereAzureDoesNotAnswer_EndsWithALine(string command, string failure)
    {
        _shop.Azure.Keep(PublishedShop.Group, "shop");
        _shop.Azure.Given = [$"STANDIN_REFUSING={command}"];

        Assert.Equal(string.Format(null, failure, Unavailable), (await _shop.FailAsync()).Failure);
        Assert.DoesNotContain(PublishedShop.Api, _shop.Azure.ResourcesOf(PublishedShop.Group));
    }

    [Fact]
    public async Task Deploy_WhereAzureDoesNotTellWhatElseIsThere_IsDone_AndSaysSo()
    {
        _shop.Azure.Given = ["STANDIN_REFUSING=resource list"];

        Assert.Contains(
            "s  nobody has looked for what is no longer declared, since Azure doesn't tell what is in rg-shop\n",
            await _shop.DeployAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData]
    [InlineData("--volumes")]
    public async Task Destroy_WhereAzureDoesNotTellWhatIsThere_TakesNothingAway(params string[] options)
    {
        await _shop.DeployAsync();
        _shop.Azure.Add(PublishedShop.Group, "Microsoft.Compute/virtualMachines", "theirs");
        var before = _shop.Azure.ResourcesOf(PublishedShop.Group).ToList();
        _shop.Azure.Given = ["STANDIN_REFUSING=resource list"];

        Assert.Equal(
            $"Azure doesn't tell what is in the resource group rg-shop: {Unavailable}. Run ./destroy.sh again.",
            (await _shop.Scripts.FailAsync(_shop.Azure.Variables, ["./destroy.sh", .. options])).Failure
        );
        Assert.Equal(before, _shop.Azure.ResourcesOf(PublishedShop.Group));
    }

    [Theory]
    [InlineData("resource delete", "api wasn't deleted: {0}. Run ./destroy.sh again.")]
    [InlineData("group delete", "The resource group rg-shop wasn't deleted: {0}. Run ./destroy.sh again.", "--volumes")]
    public async Task Destroy_WhatAzureDoesNotDelete_IsNamed(string command, string failure, params string[] options)
    {
        await _shop.DeployAsync();
        _shop.Azure.Given = [$"STANDIN_REFUSING={command}"];

        Assert.Equal(
            string.Format(null, failure, Unavailable),
            (await _shop.Scripts.FailAsync(_shop.Azure.Variables, ["./destroy.sh", .. options])).Failure
        );
    }

    [Fact]
    public async Task Status_WhereAzureDoesNotTell_ShowsTheRest_AndFails()
    {
        await _shop.DeployAsync();
        _shop.Azure.Given = ["STANDIN_REFUSING=executions"];

        var (failure, said) = await _shop.Scripts.FailAsync(_shop.Azure.Variables, "./status.sh");

        Assert.Equal($"Azure doesn't tell: {Unavailable}.", failure);
        Assert.Contains("+ containerApps/api/revisions\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OfWhatWasNeverDeployed_SaysThatItIsNotThere()
    {
        _shop.Azure.Keep(PublishedShop.Group, "shop");

        Assert.Contains(
            "+ jobs/migrator/executions\nIt isn't there.\n",
            await _shop.Scripts.SucceedAsync(_shop.Azure.Variables, "./status.sh"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("api")]
    [InlineData("westeurope-rg-shop")]
    public async Task Deploy_WhatIsBeingDeployedAlready_WaitsForIt(string deployment)
    {
        _shop.Azure.Given = [$"STANDIN_ACTIVE={deployment}"];

        var said = await _shop.DeployAsync();

        Assert.Single(said.Split('\n'), line =>
            line.EndsWith(
                $"s  {(deployment == "api" ? "api" : "main.environment")} is being deployed already, by somebody else or by a run that was "
                    + "ended: this waits for that",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(
            3,
            _shop.Azure.Calls.Count(call =>
                call.Contains("create ", StringComparison.Ordinal) && call.Contains($"--name {deployment} ", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task Deploy_AJobThatStillRuns_IsAwaited_AndThenRunsAgain()
    {
        await _shop.DeployAsync();
        _shop.Azure.Begin(PublishedShop.Group, "migrator", "migrator-left");

        var said = await _shop.DeployAsync();

        Assert.Contains(
            "s  migrator runs already (migrator-left), of a deployment before: this waits for that\n",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains("s  migrator runs (migrator-3)\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_AModuleThatAzureDoesNotBegin_SaysWhy_AndNotWhatFailedBefore()
    {
        _shop.Azure.Given = ["STANDIN_FAILING=cache"];
        await _shop.FailAsync();
        _shop.Azure.Given = ["STANDIN_INVALID=cache"];

        Assert.Equal(
            "cache wasn't deployed: {\"code\": \"InvalidTemplateDeployment\", \"message\": \"The template deployment is not valid "
                + "according to the validation procedure.\"}. The revision before goes on serving, where there is one.",
            (await _shop.FailAsync()).Failure
        );
    }

    [Fact]
    public async Task Deploy_AfterOneThatWasKilled_TakesTheSecretsAwayThatItLeft()
    {
        await _shop.DeployAsync();
        var left = Directory.CreateDirectory(Path.Combine(_shop.Scripts.Folder, "secrets", ".work.2147483646")).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, "api.json"), "{}", TestContext.Current.CancellationToken);

        await _shop.DeployAsync();

        Assert.False(Directory.Exists(left));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_shop.Scripts.Folder, "secrets"), ".work.*"));
        Assert.All(_shop.Azure.Calls.Where(static call => call.Contains("--parameters", StringComparison.Ordinal)), call =>
            Assert.Contains($"--parameters @{_shop.Scripts.Folder}/secrets/.work.", call, StringComparison.Ordinal)
        );
    }
}
