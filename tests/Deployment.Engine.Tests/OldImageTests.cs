using System.Globalization;
using System.Text.RegularExpressions;
using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>Images of earlier versions go once three later ones have been deployed; nobody else's do.</summary>
public sealed partial class OldImageTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task Deploy_VersionAfterVersion_KeepsTheImagesOfThisOneAndOfThreeBefore(string target)
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        if (target == "swarm")
            await engine.BeginSwarmAsync(TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, target);
        var application = $"pruned-{target}";
        await folder.PublishAsync(application, builder =>
        {
            builder.AddProject("api", Path.Combine(Solution.Directory, "Api", "Api.csproj"), launchProfileName: null).WithServiceDefaults();
            if (target == "swarm")
                builder.AddDockerSwarmTarget();
            else
                builder.AddDockerComposeTarget();
        });
        foreach (var version in (string[])["1", "2", "3", "4", "5", "6", "nobodys"])
            await MakeImageAsync(engine, $"{application}-api:{version}");

        for (var version = 1; version <= 6; version++)
        {
            await PublishVersionAsync(folder, application, version);
            await folder.SucceedAsync("deploy.sh");
        }

        Assert.Equal(
            ["3", "4", "5", "6", "nobodys"],
            (await engine.RunAsync(["image", "ls", "--format", "{{.Tag}}", $"{application}-api"], TestContext.Current.CancellationToken))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Order(StringComparer.Ordinal)
        );

        // Back to the one before, which is the newest then, also where it is set by hand.
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, ".env"),
            $"API_IMAGE={application}-api:5\n",
            TestContext.Current.CancellationToken
        );
        Assert.DoesNotContain("is gone", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);
        await folder.SucceedAsync("destroy.sh");
    }

    // As publishing after a change would: the image that was made is what holds unless another is set.
    private static async Task PublishVersionAsync(PublishedFolder folder, string application, int version)
    {
        foreach (var path in Directory.GetFiles(folder.Path).Where(static path => Path.GetExtension(path) is ".sh" or ".yaml"))
        {
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            text = MadeImage().Replace(text, $"${{1}}{application}-api:{version}");
            text = Content().Replace(text, version.ToString("x16", CultureInfo.InvariantCulture));
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"(\$\{API_IMAGE-|prune_images api )[^\s}""]+")]
    private static partial Regex MadeImage();

    // What is current is told by a hash of what is declared, the image among it.
    [GeneratedRegex("(?<=api sha256-)[0-9a-f]{16}")]
    private static partial Regex Content();

    private static async Task MakeImageAsync(DockerEngine engine, string image)
    {
        var container = (
            await engine.RunAsync(["create", "docker.io/library/busybox:1.37.0"], TestContext.Current.CancellationToken)
        ).Trim();
        await engine.RunAsync(
            [
                "commit",
                "--change",
                """CMD ["sh", "-c", "trap exit TERM; while :; do sleep 1; done"]""",
                "--change",
                $"LABEL image={image}",
                container,
                image,
            ],
            TestContext.Current.CancellationToken
        );
        await engine.RunAsync(["rm", container], TestContext.Current.CancellationToken);
    }
}
