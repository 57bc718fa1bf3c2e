using Aspire.Hosting;
using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

public sealed class SwarmDeploymentTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    private const string Application = "shop";

    [Fact]
    public async Task Deploy_FromThePublishedFilesAlone_ServesUpdatesFailsSafelyAndLeavesNothingButItsData()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        await engine.BeginSwarmAsync(TestContext.Current.CancellationToken);
        await Solution.BuildImagesAsync(engine, Application);
        using var folder = new PublishedFolder(engine, "swarm");
        using var edge = new EdgeClient(folder.HttpsPort);
        await folder.PublishAsync(Application, builder => Declare(builder, folder));

        await folder.SucceedAsync("deploy.sh");
        Assert.Equal(3, (await edge.ReplicasAsync(30)).Count);

        Assert.Contains("nothing changed", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);

        // A step that fails: the version that runs goes on, untouched.
        var before = await TasksAsync(engine);
        await folder.PublishAsync(Application, builder => Declare(builder, folder, ["--nonsense"], "2"));
        var refused = await folder.RunAsync("deploy.sh");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("non-zero exit (2)", refused.Output, StringComparison.Ordinal);
        Assert.Contains("migrator failed", refused.Output, StringComparison.Ordinal);
        Assert.Equal(before, await TasksAsync(engine));
        Assert.Equal(3, (await edge.ReplicasAsync(30)).Count);

        // A new version, under load.
        await folder.PublishAsync(Application, builder => Declare(builder, folder, apiMark: "3"));
        var (_, lost) = await edge.WhileAsync(() => folder.SucceedAsync("deploy.sh"));
        Assert.Empty(lost);
        Assert.Empty(before.Intersect(await TasksAsync(engine)));

        await folder.SucceedAsync("destroy.sh");
        Assert.Equal("", await engine.RunAsync(["ps", "--all", "--quiet", "--filter", $"label=com.docker.stack.namespace={Application}"], TestContext.Current.CancellationToken));
        Assert.Equal("", await engine.RunAsync(["secret", "ls", "--quiet"], TestContext.Current.CancellationToken));
        Assert.Contains($"{Application}_postgres-data", await engine.RunAsync(["volume", "ls", "--quiet"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static void Declare(IDistributedApplicationBuilder builder, PublishedFolder folder, string[]? migratorArguments = null, string apiMark = "1")
    {
        Solution.Declare(builder, folder, migratorArguments, apiMark);
        builder.AddSwarmTarget();
    }

    private static async Task<string[]> TasksAsync(DockerEngine engine) =>
        [.. (await engine.RunAsync(["service", "ps", "--quiet", "--no-trunc", "--filter", "desired-state=running", $"{Application}_api"], TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
}
