using System.Diagnostics;
using System.Text.Json.Nodes;
using AspireDeploy.Tests.Cases;
using AspireDeploy.Tests.Publishing;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// Describes what azd makes of the manifest and of the files that are published for it: a stand-in runs the workflow, fails on demand, and
/// keeps its secrets where azd does.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AzdRunTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-azd-");

    public async ValueTask InitializeAsync()
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                Args = ["--publisher", "manifest", "--output-path", At("manifest.json")],
                DisableDashboard = true,
                ProjectDirectory = _folder.FullName,
            }
        );
        var cache = builder.AddRedis("cache");
        var migrator = builder.AddContainer("migrator", "example/migrator", "1");
        builder
            .AddContainer("api", "example/api", "1")
            .WithReference(cache)
            .WaitFor(cache)
            .WaitForCompletion(migrator)
            .WithEnvironment("KEY", builder.AddParameter("stripe-key", secret: true));
        builder.AddAzureContainerAppsTarget("azure");
        await using var application = builder.Build();
        await PipelineRun.EndAsync(application);
        File.Move(At("azure/workflow.yaml"), At("azure.yaml"));
        Configure(("stripe_key", "sk_1"));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Up_WithTheWorkflowThatIsPublished_DeploysEachAfterWhatItWaitsFor()
    {
        await SucceedAsync("up");

        Assert.Equal(["cache", "migrator", "api"], Deployed);
    }

    [Fact]
    public async Task Up_AJobThatFails_DeploysNobodyWhoWaitsForIt_AndTheNextTimeAll()
    {
        Assert.Equal("ERROR: failed deploying service 'migrator'", (await RunAsync("up", "home", "migrator")).Errors);
        Assert.Equal(["cache"], Deployed);

        await SucceedAsync("up");

        Assert.Equal(["cache", "cache", "migrator", "api"], Deployed);
    }

    [Fact]
    public async Task Secrets_OnAnotherMachine_AreMadeAnew_AndWithTheVaultTheyStay()
    {
        await SucceedAsync("up");
        var made = Provisioned("cache-password");

        await SucceedAsync("up", "another");
        Assert.NotEqual(made, Provisioned("cache-password"));

        Configure(("stripe_key", "sk_1"));
        await SucceedAsync("up", "third");
        var (folder, kept) = (At("third/vaults"), Provisioned("cache-password"));
        Directory.CreateDirectory(At("fourth"));
        Directory.Move(folder, At("fourth/vaults"));
        await SucceedAsync("up", "fourth");
        Assert.Equal(kept, Provisioned("cache-password"));
    }

    [Fact]
    public async Task Secrets_AsThePublishedPipelineWritesThem_AreTheSameOnEveryMachine()
    {
        // The parameters that the file of the pipeline gives, by the names that it gives them.
        var line = File.ReadAllLines(At("azure/github-actions.yml"))
            .Single(static line => line.Contains("jq -n", StringComparison.Ordinal));
        var names = System
            .Text.RegularExpressions.Regex.Matches(line, @"(\w+): env\.")
            .Select(static match => match.Groups[1].Value)
            .ToList();
        Assert.Equal(["cache_password", "stripe_key"], names);
        Configure([.. names.Select(static name => (name, $"the {name}"))]);

        await SucceedAsync("up", "runner-1");
        await SucceedAsync("up", "runner-2");

        Assert.Equal(("the cache_password", "the stripe_key"), (Provisioned("cache-password"), Provisioned("stripe-key")));
    }

    [Fact]
    public async Task Up_WithoutASecretThatAPersonSupplies_SaysTheNameToSetItBy()
    {
        Configure();

        Assert.Equal(
            "ERROR: missing required inputs: stripe_key; azd env config set infra.parameters.stripe_key <value>",
            (await RunAsync("up", "home")).Errors
        );
    }

    private List<string> Deployed => [.. State["deployed"]!.AsArray().Select(static name => (string)name!)];

    private string? Provisioned(string parameter) => (string?)State["provisioned"]![parameter];

    private JsonNode State => JsonNode.Parse(File.ReadAllText(At(".azure/shop/state.json")))!;

    private void Configure(params (string Name, string Value)[] parameters)
    {
        Directory.CreateDirectory(At(".azure/shop"));
        File.WriteAllText(
            At(".azure/shop/config.json"),
            new JsonObject
            {
                ["infra"] = new JsonObject
                {
                    ["parameters"] = new JsonObject(
                        parameters.Select(static parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)parameter.Value))
                    ),
                },
            }.ToJsonString()
        );
    }

    private async Task SucceedAsync(string command, string home = "home")
    {
        var (code, errors) = await RunAsync(command, home);
        Assert.True(code == 0, errors);
    }

    private async Task<(int Code, string Errors)> RunAsync(string command, string home, string failing = "")
    {
        var start = new ProcessStartInfo("node", [Path.Combine(TargetCase.Project, "Targets", "Azure", "azd.cjs"), command, "--no-prompt"])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardError = true,
        };
        (start.Environment["AZD_CONFIG_DIR"], start.Environment["STANDIN_MANIFEST"], start.Environment["STANDIN_FAILING"]) = (
            At(home),
            At("manifest.json"),
            failing
        );
        using var azd = Process.Start(start)!;
        var errors = await azd.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await azd.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (azd.ExitCode, errors.TrimEnd());
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
