namespace AspireDeploy.Tests.Deploying;

/// <summary>The jobs for Nomad. No registry has a Nomad, so a stand-in answers for its command.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class NomadDeploymentTests : IDisposable
{
    private const string Nasty = "it's a \"key\" \\ with\ta tab, $HOME, é and\nanother line";

    private readonly StandInNomad _nomad = new();
    private readonly List<DeploymentRun> _runs = [];

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
        _nomad.Dispose();
    }

    [Fact]
    public async Task Deploy_MakesVolumesAndVariables_RunsTheJob_AndThenTheServices()
    {
        var said = await Version("1").RunAsync("deploy-nomad", "--Parameters:stripe-key", Nasty);

        Assert.Matches(
            @"nomad volume create (.*\n)*.*nomad var put (.*\n)*\s+\d+s  shop-migrator completed\n(.*\n)*\s+\d+s  nomad job run api.nomad.hcl\n\s+\d+s  deployed\z",
            said
        );
        Assert.Equal(["shop-api", "shop-migrator"], _nomad.Jobs);
        Assert.Equal(["shop-files"], _nomad.Volumes);
    }

    [Fact]
    public async Task Deploy_ASecretWithEverythingInIt_ReachesItsVariableAsItIs_AndNoCommandLine()
    {
        var said = await Version("1").RunAsync("deploy-nomad", "--Parameters:stripe-key", Nasty);

        Assert.Equal(Nasty, _nomad.Variable("nomad/jobs/shop-api", "STRIPE_KEY"));
        Assert.DoesNotContain("another line", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_Again_ChangesNothing()
    {
        await DeployAsync("1");
        var changes = _nomad.Changes;

        await DeployAsync("1");

        Assert.Equal(changes, _nomad.Changes);
    }

    [Fact]
    public async Task Deploy_AnotherVersionOfAJob_IsToldBesideTheOneBefore()
    {
        await DeployAsync("1");
        var first = _nomad.Variable("nomad/jobs/shop-api/api", "MIGRATOR")!;

        await DeployAsync("2");

        Assert.Matches("^[0-9a-f]{8}$", first);
        Assert.Matches($"^[0-9a-f]{{8}} {first}$", _nomad.Variable("nomad/jobs/shop-api/api", "MIGRATOR")!);
    }

    [Fact]
    public async Task Deploy_AJobThatFails_EndsWithItsLastLines_TouchesNothing_AndRunsItAgainNextTime()
    {
        await DeployAsync("1");
        var told = _nomad.Variable("nomad/jobs/shop-api/api", "MIGRATOR");
        _nomad.Failing = "migrator";

        var (failure, said) = await Version("2").FailAsync("deploy-nomad", "--Parameters:stripe-key", "key");

        Assert.Equal("migrator failed. Those who wait for it weren't touched: the previous version goes on serving.", failure);
        Assert.Contains("  migrator | migrator: no such table: items", said, StringComparison.Ordinal);
        Assert.DoesNotContain("nomad job run api.nomad.hcl", said, StringComparison.Ordinal);
        Assert.Equal(told, _nomad.Variable("nomad/jobs/shop-api/api", "MIGRATOR"));

        _nomad.Failing = "";
        Assert.Contains("nomad job stop -purge -detach shop-migrator", await DeployAsync("2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_ReplicasThatAreNotHealthy_EndsWithTheirLastLines()
    {
        await DeployAsync("1");
        _nomad.Failing = "api";

        var (failure, said) = await Version("2").FailAsync("deploy-nomad", "--Parameters:stripe-key", "key");

        Assert.Equal(
            "api isn't healthy. Nomad goes back to the version before, where there is one: nomad job deployments shop-api",
            failure
        );
        Assert.Contains("  api | api: no such table: items", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_WithoutASecretThatNobodyCanMake_IsRefusedWithTheWayOut()
    {
        var run = Version("1");

        Assert.Equal(
            "Nomad needs the secret stripe-key: set Parameters__stripe-key, or put it into "
                + $"{Path.Combine(run.Folder, "nomad", "secrets", "stripe-key")}",
            (await run.FailAsync("deploy-nomad")).Failure
        );
    }

    [Fact]
    public async Task DryRun_PlansEachJob_AndChangesNothing()
    {
        await DeployAsync("1");
        var changes = _nomad.Changes;

        var said = await Version("2").RunAsync("dry-run-nomad", "--Parameters:stripe-key", "key");

        Assert.Contains("+/- Job: \"shop-api\"", said, StringComparison.Ordinal);
        Assert.Equal(changes, _nomad.Changes);
    }

    [Fact]
    public async Task Status_ShowsEachJob()
    {
        var run = Version("1");
        await run.RunAsync("deploy-nomad", "--Parameters:stripe-key", "key");

        Assert.Contains("ID = shop-api", await run.RunAsync("status-nomad"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destroy_TakesAllButData_AndThatWhereItIsSaid()
    {
        var run = Version("1");
        await run.RunAsync("deploy-nomad", "--Parameters:stripe-key", "key");

        await run.RunAsync("destroy-nomad");

        Assert.Empty(_nomad.Jobs);
        Assert.False(_nomad.HasVariables);
        Assert.Equal(["shop-files"], _nomad.Volumes);

        await run.RunAsync("destroy-nomad", "--Deployment:DeleteData", "true");

        Assert.Empty(_nomad.Volumes);
    }

    [Fact]
    public async Task Destroy_WithItsDataAtOnce_WaitsUntilTheLastReplicaHasStopped()
    {
        var run = Version("1");
        await run.RunAsync("deploy-nomad", "--Parameters:stripe-key", "key");

        await run.RunAsync("destroy-nomad", "--Deployment:DeleteData", "true");

        Assert.Empty(_nomad.Volumes);
    }

    [Fact]
    public async Task DeployAndDestroy_BesideOthersWhoseNamesBeginTheSame_TouchNoneOfThem()
    {
        _nomad.Keep(volume: "shop-files-2", job: "shop-migrator-2");
        var run = Version("1");

        await run.RunAsync("deploy-nomad", "--Parameters:stripe-key", "key");
        Assert.Equal(["shop-files-2", "shop-files"], _nomad.Volumes);
        await run.RunAsync("destroy-nomad", "--Deployment:DeleteData", "true");
        await run.RunAsync("destroy-nomad");

        Assert.Equal(["shop-migrator-2"], _nomad.Jobs);
        Assert.Equal(["shop-files-2"], _nomad.Volumes);
    }

    [Fact]
    public async Task Deploy_WithoutNomad_SaysHowToGetIt()
    {
        var tools = Directory.CreateDirectory(Path.Combine(Version("1").Folder, "tools")).FullName;
        foreach (var tool in (string[])["sh", "date", "dirname"])
            File.CreateSymbolicLink(Path.Combine(tools, tool), Path.Combine("/bin", tool));

        var (failure, _) = await Run("1", $"PATH={tools}").FailAsync("deploy-nomad");

        Assert.Equal("There is no nomad: install it (https://developer.hashicorp.com/nomad/install).", failure);
    }

    [Fact]
    public async Task Deploy_ToANomadThatDoesNotAnswer_SaysWhatToSet()
    {
        var (failure, _) = await Run("1", [.. _nomad.Silent, "NOMAD_ADDR=http://127.0.0.1:1"]).FailAsync("deploy-nomad");

        Assert.Equal("Nomad at http://127.0.0.1:1 doesn't answer: set NOMAD_ADDR, and NOMAD_TOKEN where it asks for one.", failure);
    }

    private Task<string> DeployAsync(string version) => Version(version).RunAsync("deploy-nomad", "--Parameters:stripe-key", "key");

    private DeploymentRun Version(string version) => Run(version, _nomad.Variables);

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
                        .WithSecretAsFile("STRIPE_KEY")
                        .WithVolume("files", "/files");
                    builder.AddNomadTarget("nomad").WithClientNetwork("private");
                },
                variables
            )
        );
        return _runs[^1];
    }
}
