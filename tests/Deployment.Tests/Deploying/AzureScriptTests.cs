using AspireDeploy.Engines;
using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Deploying;

/// <summary>The scripts for Azure, over stand-ins for what they run: no registry has an Azure.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AzureScriptTests : IDisposable
{
    private const string Group = "rg-shop";
    private const string Api = "Microsoft.App/containerApps/api";

    private static readonly Workload Migrator = new() { Name = "migrator", Kind = WorkloadKind.Job, Image = new ProjectImage("../Migrator/Migrator.csproj", "shop-migrator", "1.0.0", "Migrator.dll"), Restart = new(RestartMode.Never) };

    private static readonly DeploymentPlan Shop = new()
    {
        Name = "shop",
        Version = "1.0.0",
        Secrets = [new("postgres-password", new SecretGeneration()), new("token", new SecretGeneration())],
        Parameters = [new("greeting", "hello, $HOME"), new("tenant")],
        Gateway = new() { Name = "gateway", Host = "localhost", Certificate = CertificateMode.Internal, Routes = [new("/", "api", "http")] },
        Workloads =
        [
            new()
            {
                Name = "api", Image = new ProjectImage("../Api/Api.csproj", "shop-api", "1.0.0", "Api.dll"), Restart = RestartPolicy.Always, Ports = [new("http", 8080, "http")],
                Dependencies = [new("cache", DependencyCondition.Healthy), new("migrator", DependencyCondition.Completed)],
                Environment = [new("GREETING", [new ParameterReference("greeting")]), new("TENANT", [new ParameterReference("tenant")])],
                SecretFiles = [new("/run/secrets/token", [new SecretReference("token")])],
                Probes = Probes.None with { Readiness = new(new HttpProbe("http", "/health")) },
            },
            new() { Name = "cache", Image = new ImageReference("docker.io/library/redis", "8.6"), Restart = RestartPolicy.Always, Ports = [new("tcp", 6379, "tcp")], Probes = Probes.None with { Readiness = new(new TcpProbe("tcp")) } },
            Migrator with { Environment = [new("DATABASE", [new Literal("Host="), new EndpointReference("postgres", "tcp", EndpointProperty.Host), new Literal(";Password="), new SecretReference("postgres-password", ValueEncoding.ConnectionValue)])] },
            new()
            {
                Name = "postgres", Image = new ImageReference("docker.io/library/postgres", "18.3"), Restart = RestartPolicy.Always, Ports = [new("tcp", 5432, "tcp")],
                Environment = [new("POSTGRES_PASSWORD", [new SecretReference("postgres-password")])],
            },
        ],
    };

    private readonly StandInAzure _azure = new();
    private readonly PublishedScripts _scripts = new();

    public AzureScriptTests()
    {
        Publish(Shop);
        _azure.Build("shop-api:1.0.0");
        _azure.Build("shop-migrator:1.0.0");
    }

    public void Dispose()
    {
        _scripts.Dispose();
        _azure.Dispose();
    }

    [Fact]
    public async Task Deploy_MakesTheEnvironment_PushesImages_RunsTheJob_AndThenTheServices_AndAsksForAPage()
    {
        var said = await DeployAsync();

        Assert.Equal(
            """
            the resource group rg-shop of the subscription Acme, in westeurope
            az deployment sub create --name rg-shop-westeurope --location westeurope --template-file main.subscription.bicep
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
            string.Join('\n', said.Split('\n').Where(static line => line.Length > 5 && line.Contains("s  ", StringComparison.Ordinal)).Select(static line => line[(line.IndexOf("s  ", StringComparison.Ordinal) + 3)..])));
        Assert.Equal(["crshop.azurecr.io/shop-api:1.0.0", "crshop.azurecr.io/shop-migrator:1.0.0"], _azure.Pushes);
        Assert.Equal(["https://api.example.azurecontainerapps.io/health"], _azure.Asked);
        Assert.Equal("shop-api@sha256:", _azure.Parameter(Group, Api, "image")!["crshop.azurecr.io/".Length..][..16]);
        Assert.Equal("postgres.private.example", _azure.Parameter(Group, "Microsoft.App/jobs/migrator", "postgres_host"));
    }

    [Fact]
    public async Task Deploy_Again_ChangesNothing_ButThatTheJobRunsAgain()
    {
        await DeployAsync();

        await DeployAsync();

        Assert.Equal((1, 1, 2), (_azure.RevisionsOf(Group, "api"), _azure.RevisionsOf(Group, "cache"), _azure.RunsOf(Group, "migrator")));
        Assert.Equal(2, _azure.Calls.Count(static call => call.StartsWith("az deployment sub create", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deploy_AGroupThatIsThere_KeepsItsTags()
    {
        _azure.Keep(Group, "shop");

        await DeployAsync();

        Assert.Contains(_azure.Calls, static call => call.StartsWith("az deployment sub create", StringComparison.Ordinal));
        Assert.Equal([Group], _azure.Groups);
    }

    [Fact]
    public async Task Deploy_HostileSecretsAndSettings_ReachTheModulesToTheByte_AndNoCommandLine()
    {
        string[] values = [.. HostileValues.All.Where(static value => !value.Contains('\n', StringComparison.Ordinal)), "// a comment /* or two */ \u001b[31m\u007f"];
        var api = Shop.WorkloadNamed("migrator") with
        {
            Name = "api",
            Kind = WorkloadKind.Service,
            Restart = RestartPolicy.Always,
            Image = new ImageReference("example/api", "1"),
            Environment = [.. values.Select(static (_, index) => new EnvironmentVariable($"V{index}", [new ParameterReference($"v{index}")]))],
            SecretFiles = [.. values.Select(static (_, index) => new SecretFile($"/run/secrets/key{index}", [new SecretReference($"key{index}")]))],
        };
        _scripts.Publish(new() { Name = "shop", Workloads = [api], Secrets = [.. values.Select(static (_, index) => new Secret($"key{index}"))], Parameters = [.. values.Select(static (_, index) => new Parameter($"v{index}"))] }, new AzureContainerAppsTarget());
        Directory.CreateDirectory(Path.Combine(_scripts.Folder, "secrets"));
        foreach (var (index, value) in values.Index()) _scripts.Write($"secrets/key{index}", value);
        _scripts.Write("settings.env", string.Concat(values.Select(static (value, index) => $"V{index}={value}\n")));

        await DeployAsync();

        Assert.Equal(values, values.Select((_, index) => _azure.Parameter(Group, Api, $"secret_key{index}")));
        Assert.Equal(values, values.Select((_, index) => _azure.Parameter(Group, Api, $"parameter_v{index}")));
        Assert.DoesNotContain(_azure.Calls, static call => call.Contains("comment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_APasswordThatAConnectionStringWouldReadOtherwise_IsRefused_AndNamed()
    {
        var cache = new SecretReference("token", ValueEncoding.ListItem);
        Publish(Shop with { Workloads = [.. Shop.Workloads.Where(static workload => workload.Name != "migrator").Select(workload => workload.Name != "api" ? workload : workload with { Dependencies = [], Environment = [.. workload.Environment, new("ConnectionStrings__cache", [new Literal("cache:6379,password="), cache])] })] });
        Directory.CreateDirectory(Path.Combine(_scripts.Folder, "secrets"));
        _scripts.Write("secrets/token", "one,ssl=false");

        Assert.Equal("secrets/token has a comma, or a blank at its beginning or end, which Redis' connection string can't carry: choose another.", (await FailAsync()).Failure);
        Assert.Empty(_azure.Groups);
    }

    [Fact]
    public async Task Deploy_ASettingThatIsNotSet_IsItsDefault_AndWithoutOneItIsRefused()
    {
        await DeployAsync();
        Assert.Equal("hello, $HOME", _azure.Parameter(Group, Api, "parameter_greeting"));
        _scripts.Write("settings.env", "GREETING=hello\n");

        Assert.Equal("TENANT isn't set: set it in settings.env.", (await FailAsync()).Failure);
    }

    [Theory]
    [InlineData("none", "az isn't logged in: run az login.")]
    [InlineData("ended", "az's login has ended: run az login.")]
    [InlineData("nosubscription", "The account that az is logged in with has no subscription: have a role in one given to it, and run az login again.")]
    public async Task Deploy_WithoutALoginOrASubscription_IsRefusedBeforehand(string login, string failure)
    {
        _azure.Given = [$"STANDIN_LOGIN={login}"];

        foreach (var script in (string[])["./deploy.sh", "./status.sh", "./destroy.sh"]) Assert.Equal(failure, (await _scripts.FailAsync(_azure.Variables, script)).Failure);
        Assert.Empty(_azure.Groups);
    }

    [Fact]
    public async Task Deploy_ToASubscriptionThatAzDoesNotKnow_NamesIt()
    {
        _azure.Given = ["AZURE_SUBSCRIPTION_ID=acme"];

        Assert.Equal("az knows no subscription acme: set AZURE_SUBSCRIPTION_ID to the id of one that there is (az account list --output table), or log in to its tenant (az login --tenant TENANT).", (await FailAsync("--check")).Failure);
    }

    [Theory]
    [InlineData("", "Where to deploy isn't said: set AZURE_LOCATION to a region (az account list-locations --query [].name --output tsv), or declare one, .WithLocation(\"REGION\"), and publish again.")]
    [InlineData("westeuropa", "\"westeuropa\" is no region of Azure: set AZURE_LOCATION to one (az account list-locations --query [].name --output tsv).")]
    [InlineData("West Europe", "\"West Europe\" is no region of Azure: set AZURE_LOCATION to one (az account list-locations --query [].name --output tsv).")]
    public async Task Deploy_WithoutARegion_IsRefusedBeforehand(string location, string failure)
    {
        _azure.Given = [$"AZURE_LOCATION={location}"];

        Assert.Equal(failure, (await FailAsync("--check")).Failure);
    }

    [Theory]
    [InlineData("managedEnvironments", "Azure Container Apps", "Microsoft.App")]
    [InlineData("flexibleServers", "Azure Database for PostgreSQL", "Microsoft.DBforPostgreSQL")]
    public async Task Deploy_ToARegionThatLacksAService_IsRefusedBeforehand(string type, string title, string provider)
    {
        _azure.Given = [$"STANDIN_LACKING={type}"];

        Assert.Equal($"westeurope has no {title}: set AZURE_LOCATION to a region that has (az provider show --namespace {provider} --query \"resourceTypes[?resourceType=='{type}'].locations[]\" --output tsv).", (await FailAsync("--check")).Failure);
        Assert.Empty(_azure.Groups);
    }

    [Theory]
    [InlineData("Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/*/write Microsoft.Authorization/*/delete")]
    [InlineData("Microsoft.App/containerApps/write", "microsoft.app/*")]
    public async Task Deploy_WithoutTheRight_IsRefusedBeforehand(string action, string takenBack)
    {
        _azure.Given = [$"STANDIN_ROLE={takenBack}"];

        Assert.Equal($"You may not do {action} in the subscription Acme: have Owner given to you there, or Contributor with User Access Administrator (az role assignment create), or have somebody deploy who has it.", (await FailAsync("--check")).Failure);
    }

    [Fact]
    public async Task EveryScript_OverAGroupOfSomebodyElse_TouchesNothing()
    {
        _azure.Keep(Group, null, "Microsoft.Compute/virtualMachines/theirs");

        foreach (var script in (string[])["./deploy.sh", "./status.sh", "./destroy.sh"])
        {
            Assert.Equal("The resource group rg-shop isn't this deployment's, as it has no tag aspire-deploy=shop: name another with AZURE_RESOURCE_GROUP, or hand it over (az tag update --operation Merge --tags aspire-deploy=shop --resource-id /subscriptions/11111111-2222/resourceGroups/rg-shop).",
                (await _scripts.FailAsync(_azure.Variables, script)).Failure);
        }
        Assert.Equal(0, _azure.Changes);
    }

    [Fact]
    public async Task Deploy_ToAGroupInAnotherRegion_IsRefused()
    {
        _azure.Keep(Group, "shop");
        _azure.Given = ["AZURE_LOCATION=swedencentral"];

        Assert.Equal("The resource group rg-shop is in westeurope, not in swedencentral: set AZURE_LOCATION to westeurope, or AZURE_RESOURCE_GROUP to another group.", (await FailAsync()).Failure);
    }

    [Fact]
    public async Task Deploy_ToAGroupThatIsThere_IsInItsRegion_WithoutBeingTold()
    {
        _azure.Keep(Group, "shop");
        _azure.Given = ["AZURE_LOCATION="];

        Assert.Contains("the resource group rg-shop of the subscription Acme, in westeurope", await _scripts.SucceedAsync(_azure.Variables, "./deploy.sh", "--check"), StringComparison.Ordinal);
        Assert.Equal(0, _azure.Changes);
    }

    [Fact]
    public async Task Deploy_AJobThatFails_TouchesNobodyWhoWaitsForIt()
    {
        _azure.Given = ["STANDIN_FAILING=migrator"];

        Assert.Equal("migrator failed (Failed). Those who wait for it weren't touched: the version before goes on serving. Its log: az containerapp job logs show --name migrator --resource-group rg-shop --container migrator --execution migrator-1", (await FailAsync()).Failure);
        Assert.DoesNotContain(Api, _azure.ResourcesOf(Group));

        _azure.Given = [];
        await DeployAsync();
        Assert.Contains(Api, _azure.ResourcesOf(Group));
    }

    [Fact]
    public async Task Deploy_AModuleThatAzureRefuses_SaysWhatAzureSaid()
    {
        _azure.Given = ["STANDIN_FAILING=cache"];

        Assert.Equal("cache wasn't deployed: cache InvalidParameterValueInContainerTemplate The following field(s) are either invalid or missing. The revision before goes on serving, where there is one.", (await FailAsync()).Failure);
        Assert.DoesNotContain("Microsoft.App/jobs/migrator", _azure.ResourcesOf(Group));
    }

    [Fact]
    public async Task Deploy_AnEnvironmentThatAzureRefuses_SaysWhatAzureSaid()
    {
        _azure.Given = ["STANDIN_FAILING=environment"];

        Assert.Equal("The environment wasn't deployed: cae-1 MaxNumberOfRegionalEnvironmentsInSubExceeded The subscription cannot have more than 1 environments. What runs wasn't touched.", (await FailAsync()).Failure);
    }

    [Theory]
    [InlineData("UNREADY")]
    [InlineData("BROKEN")]
    public async Task Deploy_ARevisionThatNeverGetsReady_SaysWhy_AndWhatGoesOn(string how)
    {
        _scripts.Change("deploy.sh", "service api api.bicep 600 ", "service api api.bicep 2 ");
        _azure.Given = [$"STANDIN_{how}=api"];

        var (failure, said) = await FailAsync();

        Assert.Equal("api isn't ready (Deployment Progress Deadline Exceeded. 0/1 replicas ready.). The revision before goes on serving, where there is one. Its log: az containerapp logs show --name api --resource-group rg-shop --revision api--1 --type system", failure);
        Assert.Contains("s  api: Deployment Progress Deadline Exceeded. 0/1 replicas ready.\n", said, StringComparison.Ordinal);
        Assert.Empty(_azure.Asked);
    }

    [Fact]
    public async Task Deploy_AnImageThatIsNowhere_SaysWhereItWasLookedFor()
    {
        _azure.ForgetImages();

        Assert.Equal("There is no image shop-api:1.0.0 of api, neither here (docker image ls) nor in crshop.azurecr.io: build it, or deploy from the AppHost, which does (aspire do deploy-azure).", (await FailAsync()).Failure);
    }

    [Fact]
    public async Task Deploy_AnImageThatTheRegistryHas_NeedsNoneHere()
    {
        await DeployAsync();
        _azure.ForgetImages();

        await DeployAsync();

        Assert.Equal(2, _azure.Pushes.Count());
    }

    [Fact]
    public async Task Deploy_WhatIsNoLongerDeclared_IsTold_AndStays()
    {
        await DeployAsync();
        _azure.Add(Group, "Microsoft.App/containerApps", "worker", "shop");

        Assert.Contains("s  worker is no longer declared, and still there: az resource delete --ids /subscriptions/11111111-2222/resourceGroups/rg-shop/providers/Microsoft.App/containerApps/worker\n", await DeployAsync(), StringComparison.Ordinal);
        Assert.Contains("Microsoft.App/containerApps/worker", _azure.ResourcesOf(Group));
    }

    [Fact]
    public async Task DryRun_ChangesNothing_WhetherAnythingIsThereOrNot()
    {
        var first = await _scripts.SucceedAsync(_azure.Variables, "./deploy.sh", "--dry-run");
        Assert.Contains("there is no environment in rg-shop yet: postgres cache migrator api would all be made in it", first, StringComparison.Ordinal);
        Assert.Empty(_azure.Groups);
        await DeployAsync();
        var changes = _azure.Changes;

        var second = await _scripts.SucceedAsync(_azure.Variables, "./deploy.sh", "--dry-run");

        Assert.Matches(@"az deployment sub what-if (.*\n)*.*az deployment group what-if --resource-group rg-shop --template-file postgres.bicep\n(.*\n)*Resource changes of api.bicep: 1 to modify.", second);
        Assert.Equal(changes, _azure.Changes);
    }

    [Fact]
    public async Task Status_ShowsAppsRevisionsAndExecutions()
    {
        Assert.EndsWith("There is no such resource group: nothing is deployed there.", (await _scripts.SucceedAsync(_azure.Variables, "./status.sh")).TrimEnd(), StringComparison.Ordinal);
        await DeployAsync();

        var said = await _scripts.SucceedAsync(_azure.Variables, "./status.sh");

        Assert.Matches("\\+ containerApps\n(.*\n)*.*\"ready\": \"api--1\"(.*\n)*\\+ containerApps/api/revisions\n(.*\n)*", said);
        Assert.Matches("\\+ jobs/migrator/executions\n(.*\n)*.*\"status\": \"Succeeded\"", said);
    }

    [Fact]
    public async Task Destroy_TakesAppsAndJobsAway_AndKeepsTheDataAndTheEnvironment()
    {
        await DeployAsync();
        _azure.Add(Group, "Microsoft.App/containerApps", "theirs");

        var said = await _scripts.SucceedAsync(_azure.Variables, "./destroy.sh");

        Assert.Matches(@"resource delete --ids .*/containerApps/api\n(.*\n)*.*/jobs/migrator\n(.*\n)*.*/containerApps/cache\n", said);
        Assert.Contains("What stays in rg-shop: the data, the environment with its network, the registry and the logs, which go on costing. ./destroy.sh --volumes deletes the resource group with all of it.", said, StringComparison.Ordinal);
        Assert.Equal(["Microsoft.App/containerApps/theirs", "Microsoft.App/managedEnvironments/cae-1", "Microsoft.ContainerRegistry/registries/crshop", "Microsoft.DBforPostgreSQL/flexibleServers/postgres-${uniqueString(resourceGroup().id)}", "Microsoft.Network/privateDnsZones/postgres-${uniqueString(resourceGroup().id)}.private.postgres.database.azure.com"],
            _azure.ResourcesOf(Group));
    }

    [Fact]
    public async Task Destroy_WithItsData_DeletesTheGroup_UnlessSomebodyElsesIsInIt()
    {
        await DeployAsync();
        _azure.Add(Group, "Microsoft.Compute/virtualMachines", "theirs");
        _azure.Add(Group, "Microsoft.Network/networkInterfaces", "cache-1.nic.0f");

        Assert.Equal("The resource group rg-shop stays, as somebody else's is in it: theirs (Microsoft.Compute/virtualMachines). Move that to another (az resource move), and run ./destroy.sh --volumes again; or delete all of it yourself (az group delete --name rg-shop --subscription 11111111-2222).",
            (await _scripts.FailAsync(_azure.Variables, "./destroy.sh", "--volumes")).Failure);
        Assert.Equal([Group], _azure.Groups);

        _azure.Keep(Group, "shop");
        await _scripts.SucceedAsync(_azure.Variables, "./destroy.sh", "--volumes");
        Assert.Empty(_azure.Groups);
        Assert.Contains("There is no such resource group: nothing is to be taken away.", await _scripts.SucceedAsync(_azure.Variables, "./destroy.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeployAndDestroy_WhileADeploymentRuns_AreRefused()
    {
        await DeployAsync();
        using var running = _scripts.Hold("deploy.sh");

        foreach (var script in (string[])["./deploy.sh", "./destroy.sh"])
            Assert.Equal($"deploy.sh runs in this folder already (process {running.Id}): wait until it has ended. If it has, remove {_scripts.Folder}/.deploying.", (await _scripts.FailAsync(_azure.Variables, script)).Failure);
    }

    private void Publish(DeploymentPlan plan)
    {
        _scripts.Publish(plan, new AzureContainerAppsTarget(new() { Postgres = new() }));
        _scripts.Write("settings.env", "TENANT=acme\n");
    }

    private Task<string> DeployAsync() => _scripts.SucceedAsync(_azure.Variables, "./deploy.sh");

    private Task<(string Failure, string Said)> FailAsync(params string[] arguments) => _scripts.FailAsync(_azure.Variables, ["./deploy.sh", .. arguments]);
}
