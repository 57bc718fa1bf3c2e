using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>Describes which engine the scripts act on: the one that they began with.</summary>
public sealed class ContextTests(SharedDocker docker) : IClassFixture<SharedDocker>, IDisposable
{
    private readonly DirectoryInfo _programs = Directory.CreateTempSubdirectory("aspiredeploy-context-");

    public void Dispose() => _programs.Delete(recursive: true);

    [Fact]
    public async Task Scripts_WhereAnotherContextIsChosenMeanwhile_StayWithTheFirst()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        // Contexts are kept beside other settings of the client, which other tests use.
        var settings = Path.Combine(_programs.FullName, "settings");
        var client = Path.Combine(_programs.FullName, "docker");
        // Somebody chooses another after each command.
        await File.WriteAllTextAsync(
            client,
            "#!/bin/sh\nPATH=${PATH#*:}\ndocker \"$@\"\ncode=$?\n(unset DOCKER_CONTEXT; docker context use elsewhere >/dev/null "
                + "2>&1)\nexit $code\n",
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var folder = new PublishedFolder(engine, "compose");
        await folder.PublishAsync("steady", static builder =>
        {
            builder
                .AddContainer("steady", "docker.io/library/busybox", "1.37.0")
                .WithEntrypoint("/bin/sh")
                .WithArgs("-c", "trap 'exit 0' TERM; sleep 600 & wait")
                .WithVolume("data", "/data");
            builder.AddDockerComposeTarget();
        });

        await RunAsync("deploy.sh");
        Assert.NotEmpty(
            await engine.RunAsync(
                ["ps", "--quiet", "--filter", "label=com.docker.compose.project=steady"],
                TestContext.Current.CancellationToken
            )
        );

        await RunAsync("destroy.sh", "--volumes");
        Assert.Empty(
            await engine.RunAsync(
                ["volume", "ls", "--quiet", "--filter", "label=com.docker.compose.project=steady"],
                TestContext.Current.CancellationToken
            )
        );

        async Task RunAsync(params string[] script)
        {
            var outcome = await folder.TypeAsync(
                $"""
                rm -rf '{settings}'
                cp -R "$DOCKER_CONFIG" '{settings}'
                rm -rf '{settings}/contexts'
                DOCKER_CONFIG='{settings}'
                export DOCKER_CONFIG
                docker context create mine --docker "host=$DOCKER_HOST" >/dev/null
                docker context create elsewhere --docker host=unix:///nowhere/docker.sock >/dev/null
                unset DOCKER_HOST
                docker context use mine >/dev/null
                PATH='{_programs.FullName}':$PATH
                export PATH
                sh ./{string.Join(' ', script)}
                """
            );
            Assert.True(outcome.ExitCode == 0, outcome.Output);
        }
    }
}
