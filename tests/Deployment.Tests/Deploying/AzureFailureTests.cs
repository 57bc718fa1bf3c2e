namespace AspireDeploy.Tests.Deploying;

/// <summary>Deployments to Azure that fail on the way: what is said, and what goes on.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AzureFailureTests : IDisposable
{
    private readonly PublishedShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Deploy_AJobThatFails_TouchesNobodyWhoWaitsForIt()
    {
        _shop.Azure.Given = ["STANDIN_FAILING=migrator"];

        Assert.Equal(
            "migrator failed (Failed). Those who wait for it weren't touched: the version before goes on serving. Its log: az "
                + "containerapp job logs show --name migrator --resource-group rg-shop --container migrator --execution migrator-1",
            (await _shop.FailAsync()).Failure
        );
        Assert.DoesNotContain(PublishedShop.Api, _shop.Azure.ResourcesOf(PublishedShop.Group));

        _shop.Azure.Given = [];
        await _shop.DeployAsync();
        Assert.Contains(PublishedShop.Api, _shop.Azure.ResourcesOf(PublishedShop.Group));
    }

    [Fact]
    public async Task Deploy_AModuleThatAzureRefuses_SaysWhatAzureSaid()
    {
        _shop.Azure.Given = ["STANDIN_FAILING=cache"];

        Assert.Equal(
            "cache wasn't deployed: cache InvalidParameterValueInContainerTemplate The following field(s) are either invalid or "
                + "missing. The revision before goes on serving, where there is one.",
            (await _shop.FailAsync()).Failure
        );
        Assert.DoesNotContain("Microsoft.App/jobs/migrator", _shop.Azure.ResourcesOf(PublishedShop.Group));
    }

    [Fact]
    public async Task Deploy_AnEnvironmentThatAzureRefuses_SaysWhatAzureSaid()
    {
        _shop.Azure.Given = ["STANDIN_FAILING=environment"];

        Assert.Equal(
            "The environment wasn't deployed: cae-1 MaxNumberOfRegionalEnvironmentsInSubExceeded The subscription cannot have more "
                + "than 1 environments. What runs wasn't touched.",
            (await _shop.FailAsync()).Failure
        );
    }

    [Theory]
    [InlineData("UNREADY")]
    [InlineData("BROKEN")]
    public async Task Deploy_ARevisionThatNeverGetsReady_SaysWhy_AndWhatGoesOn(string how)
    {
        _shop.Scripts.Change("deploy.sh", "service api api.bicep 600 ", "service api api.bicep 2 ");
        _shop.Azure.Given = [$"STANDIN_{how}=api"];

        var again =
            how == "BROKEN"
                ? " It isn't tried again unless its module changes, or by: az containerapp revision restart --name api --resource-group "
                    + "rg-shop --revision api--1."
                : "";

        var (failure, said) = await _shop.FailAsync();

        Assert.Equal(
            $"api isn't ready (Deployment Progress Deadline Exceeded. 0/1 replicas ready.). The revision before goes on serving, "
                + $"where there is one.{again} Its log: az containerapp logs show --name api --resource-group rg-shop --revision api--1 "
                + "--type system",
            failure
        );
        Assert.Contains("s  api: Deployment Progress Deadline Exceeded. 0/1 replicas ready.\n", said, StringComparison.Ordinal);
        Assert.Empty(_shop.Azure.Asked);
    }

    [Fact]
    public async Task Deploy_AnImageThatIsNowhere_SaysWhereItWasLookedFor()
    {
        _shop.Azure.ForgetImages();

        Assert.Equal(
            "There is no image shop-api:1.0.0 of api, neither here (docker image ls) nor in crshop.azurecr.io: build it, or deploy "
                + "from the AppHost, which does (aspire do deploy-azure).",
            (await _shop.FailAsync()).Failure
        );
    }
}
