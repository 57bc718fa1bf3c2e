using System.Globalization;
using AspireDeploy.Engines;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.EngineTests;

/// <summary>
/// The whole solution on a real engine, from the published files alone: one deployment's life, from a first one that fails to the end of
/// it.
/// </summary>
public abstract class SolutionDeploymentTests(SharedDocker docker, string target) : IClassFixture<SharedDocker>
{
    /// <summary>Gets what the deployment is called.</summary>
    protected const string Application = "shop";

    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(3);

    // As slow-start.sh says.
    private static readonly TimeSpan DatabaseStart = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Deploy_FromThePublishedFilesAlone_HoldsEveryConceptAndLeavesNothingButItsData()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        await BeginAsync(engine);
        await Solution.BuildImagesAsync(engine, Application);
        var others = await VolumesAsync(engine);
        using var folder = new PublishedFolder(engine, target);
        using var gateway = new GatewayClient(folder.HttpsPort);
        var (api, migrator, postgres) = (Containers(engine, "api"), Containers(engine, "migrator"), Containers(engine, "postgres"));

        // The first deployment: the database is slow, and the job fails.
        await PublishAsync(folder, "--nonsense");
        await AssertRefusedAsync(folder);
        Assert.Empty(await api.AllAsync());
        Assert.InRange(await migrator.FirstStartAsync() - await postgres.FirstStartAsync(), DatabaseStart, TimeSpan.MaxValue);

        // With a job that works, from three containers of one process each.
        await PublishAsync(folder);
        await folder.SucceedAsync("deploy.sh");
        Assert.Equal(3, (await gateway.ReplicasAsync(30)).Count);
        // A health check that is being started is a second one for a moment.
        await Until.TrueAsync(
            async () => (await api.ProcessesAsync()).SequenceEqual([1, 1, 1]),
            Generous,
            static () => "There are more processes than one in a container, or there is none.",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(new(0, ""), await folder.TypeAsync(ConfigScript));
        var item = await gateway.AddItemAsync("kept");

        // Nothing has changed since.
        var first = await api.AllAsync();
        Assert.Contains("nothing changed", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(first, await api.AllAsync());

        // One that is killed comes back, and nobody outside notices.
        Assert.Empty(
            await gateway.WhileAsync(async () =>
            {
                await api.KillOneAsync();
                await Until.TrueAsync(
                    async () => await ComesBackAsync(engine, first),
                    Generous,
                    static () => "The killed replica didn't come back.",
                    TestContext.Current.CancellationToken
                );
            })
        );
        await HealthyAsync(api, 3);

        // The machine goes down and up again.
        await EndAsync(engine);
        await engine.StartAgainAsync(TestContext.Current.CancellationToken);
        await HealthyAsync(api, 3);
        await Until.TrueAsync(
            async () => await gateway.HasAsync(item),
            Generous,
            static () => "The item is gone.",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(3, (await gateway.ReplicasAsync(30)).Count);

        // More replicas, and fewer.
        Assert.Empty(
            await gateway.WhileAsync(async () =>
            {
                await ScaleAsync(engine, folder, 4);
                await HealthyAsync(api, 4);
                await ScaleAsync(engine, folder, 3);
            })
        );
        await HealthyAsync(api, 3);

        // A job of a new version that fails: the version that runs goes on, untouched.
        var before = await api.RunningAsync();
        await PublishAsync(folder, "--nonsense", "2");
        await AssertRefusedAsync(folder);
        Assert.Equal(before, await api.RunningAsync());
        Assert.Equal(3, (await gateway.ReplicasAsync(30)).Count);

        // A new version, under load.
        await PublishAsync(folder, apiMark: "3");
        Assert.Empty(await gateway.WhileAsync(() => folder.SucceedAsync("deploy.sh")));
        Assert.Empty(before.Intersect(await api.RunningAsync()));
        Assert.True(await gateway.HasAsync(item));

        // What is lost comes back from a backup, as the page for operators says.
        var (backUp, restore) = BackUpAndRestore();
        await BackUpAsync(folder, backUp);
        await gateway.DeleteAsync(item);
        await RestoreAsync(folder, restore);
        Assert.True(await gateway.HasAsync(item));
        Assert.Equal(3, (await gateway.ReplicasAsync(30)).Count);

        await folder.SucceedAsync("destroy.sh");
        Assert.Empty(await LeftAsync(engine));
        Assert.Equal(
            [$"{Application}_gateway-certificates", $"{Application}_postgres-data"],
            (await VolumesAsync(engine)).Except(others).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>Makes the engine what the target needs.</summary>
    protected abstract Task BeginAsync(DockerEngine engine);

    /// <summary>Declares the target.</summary>
    protected abstract void AddTarget(IDistributedApplicationBuilder builder);

    /// <summary>Returns the label that a service's containers have.</summary>
    protected abstract string LabelOf(string service);

    /// <summary>Gets how the deployment says that the migrator ended with 2.</summary>
    protected abstract string Refusal { get; }

    /// <summary>Gets the commands whose files the engine's own parser takes, each with what it must be told.</summary>
    protected abstract string ConfigScript { get; }

    /// <summary>Returns whether one replica has come back, in the engine's own way, and no other was touched.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="before">The containers before.</param>
    protected abstract Task<bool> ComesBackAsync(DockerEngine engine, string[] before);

    /// <summary>Ends the engine.</summary>
    protected abstract Task EndAsync(DockerEngine engine);

    /// <summary>Returns the arguments of <c>docker</c> that give the API so many replicas, as the folder's own report says.</summary>
    protected abstract string[] Scaling(string count);

    /// <summary>Gets the labels of what belongs to the deployment.</summary>
    protected abstract string Mark { get; }

    private Task PublishAsync(PublishedFolder folder, string? migratorArgument = null, string apiMark = "1") =>
        folder.PublishAsync(Application, builder =>
        {
            Solution.Declare(builder, folder, migratorArgument is null ? [] : [migratorArgument], apiMark);
            AddTarget(builder);
        });

    private async Task AssertRefusedAsync(PublishedFolder folder)
    {
        var refused = await folder.RunAsync("deploy.sh");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(Refusal, refused.Output, StringComparison.Ordinal);
        // The last lines of its log.
        Assert.Contains("--nonsense", refused.Output, StringComparison.Ordinal);
    }

    private (string BackUp, string Restore) BackUpAndRestore() =>
        OperatorsPage.Commands(target, "Back up and restore", Application) is [var backUp, var restore]
            ? (backUp, restore)
            : throw new InvalidDataException("The page has other blocks.");

    private static async Task BackUpAsync(PublishedFolder folder, string commands)
    {
        var outcome = await folder.TypeAsync(commands);
        if (outcome.Output.Contains("server version mismatch", StringComparison.Ordinal))
            Engine.Missing(
                "The image of PostgreSQL has clients older than its server, as Debian served none newer: run "
                    + "tests/Engines/Docker/fetch again."
            );
        Assert.True(outcome.ExitCode == 0, outcome.Output);
    }

    // Refused, as the page says too, as long as a replica that is about to end is connected.
    private static Task RestoreAsync(PublishedFolder folder, string commands) =>
        Until.TrueAsync(
            async () =>
            {
                var outcome = await folder.TypeAsync(commands);
                Assert.True(
                    outcome.ExitCode == 0 || outcome.Output.Contains("is being accessed by other users", StringComparison.Ordinal),
                    outcome.Output
                );
                return outcome.ExitCode == 0;
            },
            Generous,
            static () => "Somebody was always connected to the database.",
            TestContext.Current.CancellationToken
        );

    private ServiceContainers Containers(DockerEngine engine, string service) => new(engine, LabelOf(service));

    private static Task HealthyAsync(ServiceContainers containers, int count) =>
        Until.TrueAsync(
            async () => (await containers.HealthyAsync()).Length == count && (await containers.RunningAsync()).Length == count,
            Generous,
            () => $"There never were {count} healthy.",
            TestContext.Current.CancellationToken
        );

    private Task<string> ScaleAsync(DockerEngine engine, PublishedFolder folder, int count) =>
        engine.RunAsync(Scaling(count.ToString(CultureInfo.InvariantCulture)), TestContext.Current.CancellationToken, folder.Path);

    private async Task<string[]> LeftAsync(DockerEngine engine)
    {
        var left = new List<string>();
        foreach (
            var command in (string[][])
                [
                    ["ps", "--all"],
                    ["network", "ls"],
                    .. OwnKinds,
                ]
        )
            left.AddRange(
                (await engine.RunAsync([.. command, "--quiet", "--filter", $"label={Mark}"], TestContext.Current.CancellationToken)).Split(
                    '\n',
                    StringSplitOptions.RemoveEmptyEntries
                )
            );
        return [.. left];
    }

    // Those that nobody has named too, which bear no label.
    private static async Task<string[]> VolumesAsync(DockerEngine engine) =>
        (await engine.RunAsync(["volume", "ls", "--quiet"], TestContext.Current.CancellationToken)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>Gets what lists the things that only this kind of deployment has.</summary>
    protected virtual string[][] OwnKinds => [];
}
