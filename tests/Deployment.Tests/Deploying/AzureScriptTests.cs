using AspireDeploy.Engines;
using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Deploying;

/// <summary>The scripts for Azure, over stand-ins for what they run: no registry has an Azure.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AzureScriptTests : IDisposable
{
    private readonly PublishedShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Deploy_MakesTheEnvironment_PushesImages_RunsTheJob_AndThenTheServices_AndAsksForAPage()
    {
        var said = await _shop.DeployAsync();

        Assert.Equal(
            """
            the resource group rg-shop of the subscription Acme, in westeurope
            az deployment sub create --name westeurope-rg-shop --location westeurope --template-file main.subscription.bicep
            az acr login --name crshop
            docker image push crshop.azurecr.io/shop-api:1.0.0
            docker image push crshop.azurecr.io/shop-migrator:1.0.0
            az deployment group create --resource-group rg-shop --name postgres --template-file postgres.bicep
            az deployment group create --resource-group rg-shop --name cache --template-file cache.bicep
            cache is ready (cache--1)
            az deployment group create --resource-group rg-shop --name migrator --template-file migrator.bicep
            migrator runs (migrator-1)
            migrator completed
            az deployment group create --resource-group rg-shop --name api --template-file api.bicep
            api is ready (api--1)
            https://api.example.azurecontainerapps.io/health answers 200
            deployed
            """,
            string.Join(
                '\n',
                said.Split('\n')
                    .Where(static line => line.Length > 5 && line.Contains("s  ", StringComparison.Ordinal))
                    .Select(static line => line[(line.IndexOf("s  ", StringComparison.Ordinal) + 3)..])
            )
        );
        Assert.Equal(["crshop.azurecr.io/shop-api:1.0.0", "crshop.azurecr.io/shop-migrator:1.0.0"], _shop.Azure.Pushes);
        Assert.Equal(["https://api.example.azurecontainerapps.io/health"], _shop.Azure.Asked);
        Assert.Equal(
            "shop-api@sha256:",
            _shop.Azure.Parameter(PublishedShop.Group, PublishedShop.Api, "image")!["crshop.azurecr.io/".Length..][..16]
        );
        Assert.Equal(
            "postgres.private.example",
            _shop.Azure.Parameter(PublishedShop.Group, "Microsoft.App/jobs/migrator", "postgres_host")
        );
    }

    [Fact]
    public async Task Deploy_Again_ChangesNothing_ButThatTheJobRunsAgain()
    {
        await _shop.DeployAsync();

        await _shop.DeployAsync();

        Assert.Equal(
            (1, 1, 2),
            (
                _shop.Azure.RevisionsOf(PublishedShop.Group, "api"),
                _shop.Azure.RevisionsOf(PublishedShop.Group, "cache"),
                _shop.Azure.RunsOf(PublishedShop.Group, "migrator")
            )
        );
        Assert.Equal(2, _shop.Azure.Calls.Count(static call => call.StartsWith("az deployment sub create", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deploy_AGroupThatIsThere_KeepsItsTags()
    {
        _shop.Azure.Keep(PublishedShop.Group, "shop");

        await _shop.DeployAsync();

        Assert.Contains(_shop.Azure.Calls, static call => call.StartsWith("az deployment sub create", StringComparison.Ordinal));
        Assert.Equal([PublishedShop.Group], _shop.Azure.Groups);
    }

    [Fact]
    public async Task Deploy_HostileSecretsAndSettings_ReachTheModulesToTheByte_AndNoCommandLine()
    {
        string[] values =
        [
            .. HostileValues.All.Where(static value => !value.Contains('\n', StringComparison.Ordinal)),
            "// a comment /* or two */ \u001b[31m\u007f",
        ];
        var api = PublishedShop.Plan.WorkloadNamed("migrator") with
        {
            Name = "api",
            Kind = WorkloadKind.Service,
            Restart = RestartPolicy.Always,
            Image = new ImageReference("example/api", "1"),
            Environment =
            [
                .. values.Select(static (_, index) => new EnvironmentVariable($"V{index}", [new ParameterReference($"v{index}")])),
            ],
            SecretFiles =
            [
                .. values.Select(static (_, index) => new SecretFile($"/run/secrets/key{index}", [new SecretReference($"key{index}")])),
            ],
        };
        _shop.Scripts.Publish(
            new()
            {
                Name = "shop",
                Workloads = [api],
                Secrets = [.. values.Select(static (_, index) => new Secret($"key{index}"))],
                Parameters = [.. values.Select(static (_, index) => new Parameter($"v{index}"))],
            },
            new AzureContainerAppsTarget()
        );
        Directory.CreateDirectory(Path.Combine(_shop.Scripts.Folder, "secrets"));
        foreach (var (index, value) in values.Index())
            _shop.Scripts.Write($"secrets/key{index}", value);
        _shop.Scripts.Write("settings.env", string.Concat(values.Select(static (value, index) => $"V{index}={value}\n")));

        await _shop.DeployAsync();

        Assert.Equal(
            values,
            values.Select((_, index) => _shop.Azure.Parameter(PublishedShop.Group, PublishedShop.Api, $"secret_key{index}"))
        );
        Assert.Equal(
            values,
            values.Select((_, index) => _shop.Azure.Parameter(PublishedShop.Group, PublishedShop.Api, $"parameter_v{index}"))
        );
        Assert.DoesNotContain(_shop.Azure.Calls, static call => call.Contains("comment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_AnImageThatTheRegistryHas_NeedsNoneHere()
    {
        await _shop.DeployAsync();
        _shop.Azure.ForgetImages();

        await _shop.DeployAsync();

        Assert.Equal(2, _shop.Azure.Pushes.Count());
    }

    [Fact]
    public async Task Deploy_WhatIsNoLongerDeclared_IsTold_AndStays()
    {
        await _shop.DeployAsync();
        _shop.Azure.Add(PublishedShop.Group, "Microsoft.App/containerApps", "worker", "shop");

        Assert.Contains(
            "s  worker is no longer declared, and still there: az resource delete --ids "
                + "/subscriptions/11111111-2222/resourceGroups/rg-shop/providers/Microsoft.App/containerApps/worker\n",
            await _shop.DeployAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains("Microsoft.App/containerApps/worker", _shop.Azure.ResourcesOf(PublishedShop.Group));
    }

    [Fact]
    public async Task DryRun_ChangesNothing_WhetherAnythingIsThereOrNot()
    {
        var first = await _shop.Scripts.SucceedAsync(_shop.Azure.Variables, "./deploy.sh", "--dry-run");
        Assert.Contains(
            "there is no environment in rg-shop yet: postgres cache migrator api would all be made in it",
            first,
            StringComparison.Ordinal
        );
        Assert.Empty(_shop.Azure.Groups);
        await _shop.DeployAsync();
        var changes = _shop.Azure.Changes;

        var second = await _shop.Scripts.SucceedAsync(_shop.Azure.Variables, "./deploy.sh", "--dry-run");

        Assert.Matches(
            @"az deployment sub what-if (.*\n)*.*az deployment group what-if --resource-group rg-shop --template-file postgres.bicep\n(.*\n)*Resource changes of api.bicep: 1 to modify.",
            second
        );
        Assert.Equal(changes, _shop.Azure.Changes);
    }

    [Fact]
    public async Task Status_ShowsAppsRevisionsAndExecutions()
    {
        Assert.EndsWith(
            "There is no such resource group: nothing is deployed there.",
            (await _shop.Scripts.SucceedAsync(_shop.Azure.Variables, "./status.sh")).TrimEnd(),
            StringComparison.Ordinal
        );
        await _shop.DeployAsync();

        var said = await _shop.Scripts.SucceedAsync(_shop.Azure.Variables, "./status.sh");

        Assert.Matches("\\+ containerApps\n(.*\n)*.*\"ready\": \"api--1\"(.*\n)*\\+ containerApps/api/revisions\n(.*\n)*", said);
        Assert.Matches("\\+ jobs/migrator/executions\n(.*\n)*.*\"status\": \"Succeeded\"", said);
    }

    [Fact]
    public async Task Destroy_TakesAppsAndJobsAway_AndKeepsTheDataAndTheEnvironment()
    {
        await _shop.DeployAsync();
        _shop.Azure.Add(PublishedShop.Group, "Microsoft.App/containerApps", "theirs");

        var said = await _shop.Scripts.SucceedAsync(_shop.Azure.Variables, "./destroy.sh");

        Assert.Matches(@"resource delete --ids .*/containerApps/api\n(.*\n)*.*/jobs/migrator\n(.*\n)*.*/containerApps/cache\n", said);
        Assert.Contains(
            "What stays in rg-shop: the data, the environment with its network, the registry and the logs, which go on costing. "
                + "./destroy.sh --volumes deletes the resource group with all of it.",
            said,
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                "Microsoft.App/containerApps/theirs",
                "Microsoft.App/managedEnvironments/cae-1",
                "Microsoft.ContainerRegistry/registries/crshop",
                "Microsoft.DBforPostgreSQL/flexibleServers/postgres-${uniqueString(resourceGroup().id)}",
                "Microsoft.Network/privateDnsZones/postgres-${uniqueString(resourceGroup().id)}.private.postgres.database.azure.com",
            ],
            _shop.Azure.ResourcesOf(PublishedShop.Group)
        );
    }

    [Fact]
    public async Task Destroy_WithItsData_DeletesTheGroup_UnlessSomebodyElsesIsInIt()
    {
        await _shop.DeployAsync();
        _shop.Azure.Add(PublishedShop.Group, "Microsoft.Compute/virtualMachines", "theirs");
        _shop.Azure.Add(PublishedShop.Group, "Microsoft.Network/networkInterfaces", "cache-1.nic.0f");

        Assert.Equal(
            "The resource group rg-shop stays, as somebody else's is in it: theirs (Microsoft.Compute/virtualMachines). Move that "
                + "to another (az resource move), and run ./destroy.sh --volumes again; or delete all of it yourself (az group "
                + "delete --name rg-shop --subscription 11111111-2222).",
            (await _shop.Scripts.FailAsync(_shop.Azure.Variables, "./destroy.sh", "--volumes")).Failure
        );
        Assert.Equal([PublishedShop.Group], _shop.Azure.Groups);

        _shop.Azure.Keep(PublishedShop.Group, "shop");
        await _shop.Scripts.SucceedAsync(_shop.Azure.Variables, "./destroy.sh", "--volumes");
        Assert.Empty(_shop.Azure.Groups);
        Assert.Contains(
            "There is no such resource group: nothing is to be taken away.",
            await _shop.Scripts.SucceedAsync(_shop.Azure.Variables, "./destroy.sh"),
            StringComparison.Ordinal
        );
    }
}
