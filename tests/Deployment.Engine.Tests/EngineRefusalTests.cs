using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>An engine that can't be deployed to is refused in one line, before anything is made.</summary>
public sealed class EngineRefusalTests(SharedDocker docker) : IClassFixture<SharedDocker>, IDisposable
{
    // Old engines aren't to be had: a client that says so.
    private readonly DirectoryInfo _old = Directory.CreateTempSubdirectory("aspiredeploy-old-");

    public void Dispose() => _old.Delete(recursive: true);

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task Deploy_NoEngineThere_SaysSo(string target)
    {
        using var folder = await PublishedAsync(target);

        var refused = await folder.DeployWithAsync(("DOCKER_HOST", "unix:///nowhere/docker.sock"));

        Assert.Equal(1, refused.ExitCode);
        Assert.EndsWith(
            "Docker doesn't answer: start it, or see whether you may use it (docker info).\n",
            refused.Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("compose", "24.0.7", "2.27.0", "Docker 24.0.7 is too old: this needs 25 or later.\n")]
    [InlineData("compose", "25.0.0", "2.23.3", "Docker Compose 2.23.3 is too old: this needs 2.24 or later.\n")]
    [InlineData("compose", "25.0.0", "v2.9.0", "Docker Compose v2.9.0 is too old: this needs 2.24 or later.\n")]
    [InlineData("compose", "25.0.0", "", "Docker has no Compose plugin: install 2.24 or later.\n")]
    [InlineData("swarm", "24.0.7", "", "Docker 24.0.7 is too old: this needs 25 or later.\n")]
    public async Task Deploy_AnEngineThatIsOldOrHasNoCompose_SaysWhatIsNeeded(string target, string engine, string compose, string said)
    {
        using var folder = await PublishedAsync(target);
        var client = Path.Combine(_old.FullName, "docker");
        await File.WriteAllTextAsync(
            client,
            $"#!/bin/sh\ncase \"$1 $2\" in 'compose version') [ -n '{compose}' ] || exit 1; echo '{compose}' ;; version*) echo "
                + $"{engine} ;; *) exit 1 ;; esac\n",
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var refused = await folder.DeployWithAsync(
            ("PATH", $"{_old.FullName}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}")
        );

        Assert.Equal((1, said), (refused.ExitCode, refused.Output));
    }

    [Fact]
    public async Task Deploy_ToSwarm_AnEngineWithoutSwarm_SaysWhatToDo()
    {
        using var folder = await PublishedAsync("swarm");

        var refused = await folder.RunAsync("deploy.sh");

        Assert.Equal(
            (1, "This engine isn't a swarm's manager: make it one with docker swarm init, or run this on one.\n"),
            (refused.ExitCode, refused.Output)
        );
    }

    [Fact]
    public async Task Deploy_AVolumeOfTheOtherKindOfDeployment_IsRefused()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var folder = await PublishedAsync("compose");
        await engine.RunAsync(
            ["volume", "create", "--label", "com.docker.stack.namespace=plain", "plain_data"],
            TestContext.Current.CancellationToken
        );

        var refused = await folder.RunAsync("deploy.sh");

        await engine.RunAsync(["volume", "rm", "plain_data"], TestContext.Current.CancellationToken);
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith(
            "The volume plain_data belongs to the Swarm stack plain on this engine.",
            refused.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Check_BehindATraefikOfOtherNames_NamesWhatItHas()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        await engine.RunAsync(["network", "create", "edge"], TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, "compose");
        await folder.PublishAsync("routed", static builder =>
        {
            var api = builder.AddContainer("api", "docker.io/library/busybox", "1.37.0").WithHttpEndpoint(targetPort: 8080);
            builder.AddGateway<Solution.GatewayProject>("gateway").WithRoute("/", api).WithHttps("shop.example.com");
            builder.AddDockerComposeTarget().WithTraefik("edge");
        });

        // Nobody says what it has: it may stand in a file.
        Assert.DoesNotContain(
            "Traefik on the network",
            (await CheckAsync("nothing", "--providers.docker=true")).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(
            (1, Refusal("websecure", "entrypoints", "http https web")),
            await CheckAsync("other", "--entryPoints.web.address=:80", "--entrypoints.https.address=:443", "--entrypoints.http=true")
        );
        Assert.Equal(
            (1, Refusal("letsencrypt", "certificatesresolvers", "acme")),
            await CheckAsync(
                "resolver",
                "--entrypoints.web.address=:80",
                "--entrypoints.websecure.address=:443",
                "--certificatesResolvers.acme.acme.email=a@example.com"
            )
        );
        Assert.DoesNotContain(
            "Traefik on the network",
            (
                await CheckAsync(
                    "right",
                    "--entrypoints.web.address=:80",
                    "--entrypoints.webSecure.address=:443",
                    "--certificatesresolvers.letsencrypt.acme.email=a@example.com"
                )
            ).Output,
            StringComparison.Ordinal
        );
        await engine.RunAsync(["network", "rm", "edge"], TestContext.Current.CancellationToken);

        static string Refusal(string name, string kind, string has) =>
            $"Traefik on the network edge has no {name} among its {kind}, but {has}: name its own, .WithTraefik(\"edge\", "
            + "certificateResolver: \"NAME\", httpsEntryPoint: \"NAME\", httpEntryPoint: \"NAME\").\n";

        async Task<(int ExitCode, string Output)> CheckAsync(string name, params string[] traefik)
        {
            await engine.RunAsync(
                [
                    "run",
                    "--detach",
                    "--name",
                    name,
                    "--network",
                    "edge",
                    "docker.io/library/busybox:1.37.0",
                    "sh",
                    "-c",
                    "sleep 600",
                    "traefik",
                    .. traefik,
                ],
                TestContext.Current.CancellationToken
            );
            var outcome = await folder.RunAsync("deploy.sh", "--check");
            await engine.RunAsync(["rm", "--force", name], TestContext.Current.CancellationToken);
            return (outcome.ExitCode, outcome.Output);
        }
    }

    private async Task<PublishedFolder> PublishedAsync(string target)
    {
        var folder = new PublishedFolder(await docker.StartedAsync(TestContext.Current.CancellationToken), target);
        await folder.PublishAsync("plain", builder =>
        {
            builder.AddContainer("plain", "docker.io/library/busybox", "1.37.0").WithVolume("data", "/data");
            if (target == "swarm")
                builder.AddDockerSwarmTarget();
            else
                builder.AddDockerComposeTarget();
        });
        return folder;
    }
}
