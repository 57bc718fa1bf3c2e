using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// Describes what the scripts for Azure refuse before they touch anything, each in a line that names the value and a remedy.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AzureRefusalTests : IDisposable
{
    private readonly PublishedShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Deploy_APasswordThatAConnectionStringWouldReadOtherwise_IsRefused_AndNamed()
    {
        var cache = new SecretReference("token", ValueEncoding.ListItem);
        _shop.Publish(
            PublishedShop.Plan with
            {
                Workloads =
                [
                    .. PublishedShop
                        .Plan.Workloads.Where(static workload => workload.Name != "migrator")
                        .Select(workload =>
                            workload.Name != "api"
                                ? workload
                                : workload with
                                {
                                    Dependencies = [],
                                    Environment =
                                    [
                                        .. workload.Environment,
                                        new("ConnectionStrings__cache", [new Literal("cache:6379,password="), cache]),
                                    ],
                                }
                        ),
                ],
            }
        );
        Directory.CreateDirectory(Path.Combine(_shop.Scripts.Folder, "secrets"));
        _shop.Scripts.Write("secrets/token", "one,ssl=false");

        Assert.Equal(
            "secrets/token has a comma, or a blank at its beginning or end, which Redis' connection string can't carry: choose another.",
            (await _shop.FailAsync()).Failure
        );
        Assert.Empty(_shop.Azure.Groups);
    }

    [Fact]
    public async Task Deploy_FromAFolderWithoutThePasswordThatAServerWasMadeWith_IsRefused()
    {
        var postgres = PublishedShop.Plan.WorkloadNamed("postgres") with
        {
            Update = UpdateOrder.StopFirst,
            Mounts = [new("books", "/var/lib/postgresql")],
        };
        _shop.Scripts.Publish(
            new()
            {
                Name = "shop",
                Workloads = [postgres],
                Secrets = PublishedShop.Plan.Secrets,
                Volumes = [new("books")],
            },
            new AzureContainerAppsTarget()
        );
        await _shop.DeployAsync();
        var made = await File.ReadAllTextAsync(
            Path.Combine(_shop.Scripts.Folder, "secrets", "postgres-password"),
            TestContext.Current.CancellationToken
        );
        _shop.Scripts.Delete("secrets/postgres-password");

        Assert.Equal(
            "secrets/postgres-password isn't here, and postgres in rg-shop was made with one: copy secrets/ from where it was deployed, or "
                + "take the value from Azure (az containerapp secret list --name postgres --resource-group rg-shop --show-values).",
            (await _shop.FailAsync()).Failure
        );

        _shop.Scripts.Write("secrets/postgres-password", made);
        await _shop.DeployAsync();
        Assert.Equal(1, _shop.Azure.RevisionsOf(PublishedShop.Group, "postgres"));
    }

    [Fact]
    public async Task Deploy_ASettingThatIsNotSet_IsItsDefault_AndWithoutOneItIsRefused()
    {
        await _shop.DeployAsync();
        Assert.Equal("hello, $HOME", _shop.Azure.Parameter(PublishedShop.Group, PublishedShop.Api, "parameter_greeting"));
        _shop.Scripts.Write("settings.env", "GREETING=hello\n");

        Assert.Equal("TENANT isn't set: set it in settings.env.", (await _shop.FailAsync()).Failure);
    }

    [Theory]
    [InlineData("none", "az isn't logged in: run az login.")]
    [InlineData("ended", "az's login has ended: run az login.")]
    [InlineData(
        "nosubscription",
        "The account that az is logged in with has no subscription: have a role in one given to it, and run az login again."
    )]
    public async Task Deploy_WithoutALoginOrASubscription_IsRefusedBeforehand(string login, string failure)
    {
        _shop.Azure.Given = [$"STANDIN_LOGIN={login}"];

        foreach (var script in (string[])["./deploy.sh", "./status.sh", "./destroy.sh"])
            Assert.Equal(failure, (await _shop.Scripts.FailAsync(_shop.Azure.Variables, script)).Failure);
        Assert.Empty(_shop.Azure.Groups);
    }

    [Fact]
    public async Task Deploy_ToASubscriptionThatAzDoesNotKnow_NamesIt()
    {
        _shop.Azure.Given = ["AZURE_SUBSCRIPTION_ID=acme"];

        Assert.Equal(
            "az knows no subscription acme: set AZURE_SUBSCRIPTION_ID to the id of one that there is (az account list --output "
                + "table), or log in to its tenant (az login --tenant TENANT).",
            (await _shop.FailAsync("--check")).Failure
        );
    }

    [Theory]
    [InlineData("-rg")]
    [InlineData("rg.")]
    [InlineData("rg \"shop\"; id")]
    [InlineData("$(id)")]
    [InlineData("a-name-of-more-than-the-ninety-characters-that-the-name-of-a-resource-group-may-have-in-all-of-it")]
    public async Task EveryScript_OfAGroupThatCanHaveNoSuchName_NamesIt(string group)
    {
        _shop.Azure.Given = [$"AZURE_RESOURCE_GROUP={group}"];

        foreach (var script in (string[])["./deploy.sh", "./status.sh", "./destroy.sh"])
        {
            Assert.Equal(
                $"\"{group}\" can't name a resource group: set AZURE_RESOURCE_GROUP to up to 90 letters, digits, hyphens, underscores, "
                    + "periods and parentheses, no hyphen first and no period last.",
                (await _shop.Scripts.FailAsync(_shop.Azure.Variables, script)).Failure
            );
        }
    }

    [Theory]
    [InlineData(
        "",
        "Where to deploy isn't said: set AZURE_LOCATION to a region (az account list-locations --query [].name --output tsv), or "
            + "declare one, .WithLocation(\"REGION\"), and publish again."
    )]
    [InlineData(
        "westeuropa",
        "\"westeuropa\" is no region of Azure: set AZURE_LOCATION to one (az account list-locations --query [].name --output tsv)."
    )]
    [InlineData(
        "West Europe",
        "\"West Europe\" is no region of Azure: set AZURE_LOCATION to one (az account list-locations --query [].name --output tsv)."
    )]
    public async Task Deploy_WithoutARegion_IsRefusedBeforehand(string location, string failure)
    {
        _shop.Azure.Given = [$"AZURE_LOCATION={location}"];

        Assert.Equal(failure, (await _shop.FailAsync("--check")).Failure);
    }

    [Theory]
    [InlineData("managedEnvironments", "Azure Container Apps", "Microsoft.App")]
    [InlineData("flexibleServers", "Azure Database for PostgreSQL", "Microsoft.DBforPostgreSQL")]
    public async Task Deploy_ToARegionThatLacksAService_IsRefusedBeforehand(string type, string title, string provider)
    {
        _shop.Azure.Given = [$"STANDIN_LACKING={type}"];

        Assert.Equal(
            $"westeurope has no {title}: set AZURE_LOCATION to a region that has (az provider show --namespace {provider} --query "
                + $"\"resourceTypes[?resourceType=='{type}'].locations[]\" --output tsv).",
            (await _shop.FailAsync("--check")).Failure
        );
        Assert.Empty(_shop.Azure.Groups);
    }

    [Theory]
    [InlineData("Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/*/write Microsoft.Authorization/*/delete")]
    [InlineData("Microsoft.App/containerApps/write", "microsoft.app/*")]
    public async Task Deploy_WithoutTheRight_IsRefusedBeforehand(string action, string takenBack)
    {
        _shop.Azure.Given = [$"STANDIN_ROLE={takenBack}"];

        Assert.Equal(
            $"You may not do {action} in the subscription Acme: have Owner given to you there, or Contributor with User Access "
                + "Administrator (az role assignment create), or have somebody deploy who has it.",
            (await _shop.FailAsync("--check")).Failure
        );
    }

    [Fact]
    public async Task EveryScript_OverAGroupOfSomebodyElse_TouchesNothing()
    {
        _shop.Azure.Keep(PublishedShop.Group, null, "Microsoft.Compute/virtualMachines/theirs");

        foreach (var script in (string[])["./deploy.sh", "./status.sh", "./destroy.sh"])
        {
            Assert.Equal(
                "The resource group rg-shop isn't this deployment's, as it has no tag aspire-deploy=shop: name another with "
                    + "AZURE_RESOURCE_GROUP, or hand it over (az tag update --operation Merge --tags aspire-deploy=shop "
                    + "--resource-id /subscriptions/11111111-2222/resourceGroups/rg-shop).",
                (await _shop.Scripts.FailAsync(_shop.Azure.Variables, script)).Failure
            );
        }
        Assert.Equal(0, _shop.Azure.Changes);
    }

    [Fact]
    public async Task Deploy_ToAGroupInAnotherRegion_IsRefused()
    {
        _shop.Azure.Keep(PublishedShop.Group, "shop");
        _shop.Azure.Given = ["AZURE_LOCATION=swedencentral"];

        Assert.Equal(
            "The resource group rg-shop is in westeurope, not in swedencentral: set AZURE_LOCATION to westeurope, or "
                + "AZURE_RESOURCE_GROUP to another group.",
            (await _shop.FailAsync()).Failure
        );
    }

    [Fact]
    public async Task Deploy_ToAGroupThatIsThere_IsInItsRegion_WithoutBeingTold()
    {
        _shop.Azure.Keep(PublishedShop.Group, "shop");
        _shop.Azure.Given = ["AZURE_LOCATION="];

        Assert.Contains(
            "the resource group rg-shop of the subscription Acme, in westeurope",
            await _shop.Scripts.SucceedAsync(_shop.Azure.Variables, "./deploy.sh", "--check"),
            StringComparison.Ordinal
        );
        Assert.Equal(0, _shop.Azure.Changes);
    }

    [Fact]
    public async Task DeployAndDestroy_WhileADeploymentRuns_AreRefused()
    {
        await _shop.DeployAsync();
        using var running = _shop.Scripts.Hold("deploy.sh");

        foreach (var script in (string[])["./deploy.sh", "./destroy.sh"])
            Assert.Equal(
                $"deploy.sh runs in this folder already (process {running.Id}): wait until it has ended. If it has, remove "
                    + $"{_shop.Scripts.Folder}/.deploying.",
                (await _shop.Scripts.FailAsync(_shop.Azure.Variables, script)).Failure
            );
    }
}
