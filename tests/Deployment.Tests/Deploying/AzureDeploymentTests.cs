namespace AspireDeploy.Tests.Deploying;

/// <summary>The steps for Azure, over stand-ins for what they run: no registry has an Azure.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AzureDeploymentTests : IDisposable
{
    private const string Nasty = "it's a \"key\" \\ with\ta tab, $HOME, é // and\nanother line";
    private const string Api = "Microsoft.App/containerApps/api";

    private readonly StandInAzure _azure = new();
    private readonly List<DeploymentRun> _runs = [];

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
        _azure.Dispose();
    }

    [Fact]
    public async Task Deploy_RunsTheJobAndThenTheService_AndASecretReachesItAsItIs_AndNoCommandLine()
    {
        var said = await Version("1").RunAsync("deploy-azure", "--Parameters:stripe-key", Nasty);

        Assert.Matches(
            @"s  migrator completed\n\s+\d+s  az deployment group create --resource-group rg-acme --name api --template-file api.bicep\n(.*\n)*\s+\d+s  deployed\z",
            said
        );
        Assert.Equal(Nasty, _azure.Parameter("rg-acme", Api, "secret_stripe_key"));
        Assert.DoesNotContain("another line", said + string.Join('\n', _azure.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_Again_MakesNoRevision_AndAnotherSecretOrVersionDoes()
    {
        var run = Version("1");
        await run.RunAsync("deploy-azure", "--Parameters:stripe-key", "key");
        await run.RunAsync("deploy-azure", "--Parameters:stripe-key", "key");
        Assert.Equal(1, _azure.RevisionsOf("rg-acme", "api"));

        await File.WriteAllTextAsync(
            Path.Combine(run.Folder, "azure", "secrets", "stripe-key"),
            "another",
            TestContext.Current.CancellationToken
        );
        await run.RunAsync("deploy-azure");
        Assert.Equal(2, _azure.RevisionsOf("rg-acme", "api"));

        await Version("2").RunAsync("deploy-azure", "--Parameters:stripe-key", "another");
        Assert.Equal(3, _azure.RevisionsOf("rg-acme", "api"));
    }

    [Fact]
    public async Task Deploy_WithoutASecretThatAPersonSupplies_SaysHowTo_AndTouchesNothing()
    {
        var run = Version("1");

        var (failure, _) = await run.FailAsync("deploy-azure");

        Assert.Equal(
            "Azure Container Apps needs the secret stripe-key: set Parameters__stripe-key, or put it into "
                + $"{Path.Combine(run.Folder, "azure", "secrets", "stripe-key")}",
            failure
        );
        Assert.Empty(_azure.Groups);
    }

    [Fact]
    public async Task DryRunStatusAndDestroy_DoWhatTheyDoElsewhere()
    {
        var run = Version("1");
        Assert.Contains(
            "there is no environment in rg-acme yet",
            await run.RunAsync("dry-run-azure", "--Parameters:stripe-key", "key"),
            StringComparison.Ordinal
        );
        await run.RunAsync("deploy-azure");
        Assert.Contains("\"ready\": \"api--1\"", await run.RunAsync("status-azure"), StringComparison.Ordinal);

        await run.RunAsync("destroy-azure");
        Assert.DoesNotContain(Api, _azure.ResourcesOf("rg-acme"));
        Assert.Contains("Microsoft.App/managedEnvironments/cae-1", _azure.ResourcesOf("rg-acme"));

        await run.RunAsync("destroy-azure", "--Deployment:DeleteData", "true");
        Assert.Empty(_azure.Groups);
    }

    [Fact]
    public async Task Deploy_WhereAzIsNotLoggedIn_IsRefusedBeforeAnythingElse()
    {
        _azure.Given = ["STANDIN_LOGIN=none"];

        Assert.Equal(
            "az isn't logged in: run az login.",
            (await Version("1").FailAsync("deploy-azure", "--Parameters:stripe-key", "key")).Failure
        );
    }

    [Fact]
    public async Task Deploy_WithoutAz_SaysHowToGetIt()
    {
        var run = Version("1");
        var tools = Directory.CreateDirectory(Path.Combine(run.Folder, "tools")).FullName;
        foreach (var tool in (string[])["sh", "date", "dirname", "awk"])
            File.CreateSymbolicLink(Path.Combine(tools, tool), Path.Combine("/usr/bin", tool));

        Assert.Equal(
            "There is no az: install the Azure CLI (https://learn.microsoft.com/cli/azure/install-azure-cli).",
            (await Run("1", $"PATH={tools}").FailAsync("deploy-azure")).Failure
        );
    }

    private DeploymentRun Version(string version) => Run(version, _azure.Variables);

    private DeploymentRun Run(string version, params string[] variables)
    {
        _runs.Add(
            new(
                builder =>
                {
                    var migrator = builder.AddContainer("migrator", "example/migrator", version);
                    builder
                        .AddContainer("api", "example/api", version)
                        .WithHttpEndpoint(targetPort: 8080)
                        .WithRestartPolicy(RestartMode.Always)
                        .WaitForCompletion(migrator)
                        .WithEnvironment("STRIPE_KEY", builder.AddParameter("stripe-key", secret: true))
                        .WithSecretAsFile("STRIPE_KEY");
                    builder
                        .AddAzureContainerAppsTarget("azure")
                        .WithResourceGroup("rg-acme")
                        .WithLocation("westeurope")
                        .WithTag("team", "shop")
                        .WithAddressRange("10.8.0.0/20");
                },
                variables
            )
        );
        return _runs[^1];
    }
}
