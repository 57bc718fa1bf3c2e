using AspireDeploy.Engines.Docker;
using AspireDeploy.EngineTests;
using AspireDeploy.Workload;

namespace AspireDeploy.SampleTests;

/// <summary>The template: installed into a place of its own, created under a name, built on the packages, published, deployed.</summary>
public sealed class TemplateTests(PackedLibrary library, SharedDocker docker) : IClassFixture<SharedDocker>
{
    [Fact]
    public async Task Solution_OfTheTemplate_HasItsOwnName_BuildsAndPublishesForEveryTarget()
    {
        var folder = await CreateAsync("Acme.Shop");
        Assert.All(
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(static file =>
                    file.Contains("AspireDeploy", StringComparison.Ordinal)
                    || File.ReadAllText(file).Contains("AspireDeploy", StringComparison.Ordinal)
                ),
            file => Assert.Contains(Path.GetFileName(file), (string[])["AppHost.csproj", "Directory.Packages.props"])
        );
        Assert.StartsWith(
            "name: acme-shop",
            (await File.ReadAllLinesAsync(Path.Combine(folder, "azure.yaml"), Token)).First(static line => !line.StartsWith('#')),
            StringComparison.Ordinal
        );

        await RunAsync(folder, "build", "Acme.Shop.slnx", "-property:Precompile=false", "--nologo", "--verbosity", "quiet");
        await RunAsync(
            folder,
            "run",
            "--no-build",
            "--project",
            "AppHost",
            "--",
            "--operation",
            "publish",
            "--output-path",
            Path.Combine(folder, "out")
        );
        Assert.Equal(
            ["azure", "compose", "kubernetes", "nomad", "swarm"],
            Directory.EnumerateDirectories(Path.Combine(folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Solution_OfTheTemplate_OnCompose_AnswersThroughTheGateway_ThoughAReplicaIsKilled()
    {
        var engine = await docker.StartedAsync(Token);
        var solution = new DeployedSample(library, engine, Path.Combine(await CreateAsync("Acme.Store"), "AppHost"), "compose");
        using var client = new GatewayClient(solution.HttpsPort);
        var api = solution.Containers("acme-store", "api");

        await solution.DeployAsync();
        Assert.True(await client.HasAsync(await client.AddItemAsync("pen")));

        Assert.Empty(
            await client.WhileAsync(async () =>
            {
                var starts = await api.StartsAsync();
                await api.KillOneAsync();
                await Until.TrueAsync(
                    async () => (await api.HealthyAsync()).Length == 3 && (await api.StartsAsync()).Except(starts).Count() == 1,
                    TimeSpan.FromMinutes(3),
                    static () => "The killed replica didn't come back.",
                    Token
                );
            })
        );
        await solution.DestroyAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> CreateAsync(string name)
    {
        var hive = Path.Combine(library.Samples, $"hive-{name}");
        await RunAsync(library.Samples, "new", "install", library.PackageOf("AspireDeploy.Templates"), "--debug:custom-hive", hive);
        await RunAsync(library.Samples, "new", "aspiredeploy", "--name", name, "--debug:custom-hive", hive);
        return Path.Combine(library.Samples, name);
    }

    private async Task RunAsync(string folder, params string[] command)
    {
        await using var run = ServiceProcess.Command(folder, library.Environment, command);
        Assert.True(await run.EndAsync(Token) == 0, run.Everything());
    }
}
