using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>Describes what makes a container current is what is declared, not which Compose made it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ComposeVersionTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    [Fact]
    public async Task Deploy_ByAComposeThatHashesOtherwise_ChangesNothing_AndAChangeStillDoes()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, "compose");
        await PublishAsync("1");
        await folder.SucceedAsync("deploy.sh");
        var containers = new ServiceContainers(engine, "com.docker.compose.project=hashes");
        var before = await containers.RunningAsync();
        Assert.Equal(2, before.Length);

        // Another version of Compose isn't to be had here. This one reads more than our file, so its hash is another too, and nothing tells
        // the script.
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "other.yaml"),
            "services:\n  data:\n    hostname: other\n  web:\n    hostname: other\n",
            TestContext.Current.CancellationToken
        );
        var hashes = (await folder.TypeAsync("docker compose config --hash '*'")).Output;
        Assert.NotEqual(hashes, (await folder.TypeAsync("docker compose --file compose.yaml --file other.yaml config --hash '*'")).Output);
        var path = engine.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH");
        var programs = Directory.CreateDirectory(Path.Combine(folder.Path, "programs"));
        await File.WriteAllTextAsync(
            Path.Combine(programs.FullName, "docker"),
            "#!/bin/sh\n[ \"$1\" != compose ] || { shift; set -- compose --file compose.yaml --file other.yaml \"$@\"; "
                + $"}}\nPATH='{path}'\nexec docker \"$@\"\n",
            TestContext.Current.CancellationToken
        );
        File.SetUnixFileMode(Path.Combine(programs.FullName, "docker"), (UnixFileMode)0b111_101_101);
        var other = await folder.DeployWithAsync(("PATH", $"{programs.FullName}:{path}"));

        Assert.True(other.ExitCode == 0, other.Output);
        Assert.EndsWith("  nothing changed\n", other.Output, StringComparison.Ordinal);
        Assert.Equal(before, await containers.RunningAsync());

        await PublishAsync("2");
        await folder.SucceedAsync("deploy.sh");
        Assert.Empty(before.Intersect(await containers.RunningAsync()));
        await folder.SucceedAsync("destroy.sh", "--volumes");

        Task PublishAsync(string mark) => folder.PublishAsync("hashes", builder =>
            {
                foreach (var name in (string[])["data", "web"])
                {
                    var container = builder
                        .AddContainer(name, "docker.io/library/busybox", "1.37.0")
                        .WithEntrypoint("/bin/sh")
                        .WithRestartPolicy(RestartMode.Always)
                        .WithEnvironment("MARK", $"{mark} <&> \"it's\" $HOME")
                        .WithArgs("-c", "trap 'exit 0' TERM; sleep 600 & wait");
                    if (name == "data")
                        container.WithVolume("data", "/data");
                }
                builder.AddDockerComposeTarget();
            });
    }
}
