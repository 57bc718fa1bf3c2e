using Aspire.Hosting;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.EngineTests;

/// <summary>What a container gets and what becomes of it, with an image that has a shell and little else.</summary>
public sealed class ContainerTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    private const string Image = "docker.io/library/busybox";
    private const string Tag = "1.37.0";

    // What YAML, Compose, a settings file or a shell would take for something else.
    private static readonly Dictionary<string, string> Nasty = new()
    {
        ["DASH"] = "-leading",
        ["DOLLAR"] = "$HOME ${HOME} $$ $(id)",
        ["EMPTY"] = "",
        ["HASH"] = "a # b",
        ["LINES"] = "one\ntwo\n\nfour\n",
        ["NO"] = "no",
        ["NUMBER"] = "0x1F",
        ["QUOTES"] = "\"double\" 'single' `back`",
        ["SLASH"] = "C:\\temp\\new",
        ["SPACES"] = "  a  ",
        ["UNICODE"] = "Grüße, \u2028 🎈",
    };

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public async Task Deploy_NastyValues_ReachTheContainerAsTheyAre(string target)
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, target);
        var application = $"nasty-{target}";
        await folder.PublishAsync(application, builder =>
        {
            var parameter = builder.AddParameter("odd", "$HOME it's \"that\" \\n", publishValueAsDefault: true);
            var echo = builder.AddContainer("echo", Image, Tag).WithEntrypoint("/bin/sh").WithArgs("-c", "for i in \"$@\"; do printf '%s\\0' \"$i\"; done; env -0; exec sleep 600", "sh", "-n", "$1", "a b", "{x}").WithEnvironment("PARAMETER", parameter);
            foreach (var (name, value) in Nasty) echo.WithEnvironment(name, value);
            Add(builder, target);
        });
        await BeginAsync(engine, target);

        await folder.SucceedAsync("deploy.sh");

        var written = (await engine.RunAsync(["logs", await ContainerAsync(engine, application)], TestContext.Current.CancellationToken)).Split('\0');
        Assert.Equal(["-n", "$1", "a b", "{x}"], written[..4]);
        foreach (var (name, value) in Nasty) Assert.Contains($"{name}={value}", written);
        Assert.Contains("PARAMETER=$HOME it's \"that\" \\n", written);
        await folder.SucceedAsync("destroy.sh", "--volumes");
    }

    [Fact]
    public async Task Deploy_AReplicaThatExceedsItsMemory_IsEndedAndStartedAgain_AndNoOther()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, "compose");
        await folder.PublishAsync("hungry", static builder =>
        {
            foreach (var name in (string[])["hungry", "content"])
                builder.AddContainer(name, Image, Tag).WithEntrypoint("/bin/sh").WithArgs("-c", "while [ ! -e /tmp/eat ]; do sleep 0.2; done; rm /tmp/eat; exec tail /dev/zero").WithMemory("16Mi").WithRestart(RestartMode.Always);
            builder.AddComposeTarget();
        });
        await folder.SucceedAsync("deploy.sh");

        await engine.RunAsync(["exec", "hungry-hungry-1", "touch", "/tmp/eat"], TestContext.Current.CancellationToken);

        await Until.TrueAsync(async () => await StateAsync(engine, "hungry-hungry-1") == "running 1", TimeSpan.FromMinutes(1), () => "It wasn't ended, or not started again.", TestContext.Current.CancellationToken);
        Assert.Equal("running 0", await StateAsync(engine, "hungry-content-1"));
        await folder.SucceedAsync("destroy.sh");
    }

    [Fact]
    public async Task Deploy_ASecretThatNobodySupplied_StopsBeforeAnythingStarts()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, "compose");
        await folder.PublishAsync("secretive", static builder =>
        {
            var key = builder.AddParameter("key", secret: true);
            builder.AddContainer("mail", Image, Tag).WithEnvironment("KEY", key).WithSecretFile("KEY");
            builder.AddComposeTarget();
        });

        var refused = await folder.RunAsync("deploy.sh");

        Assert.Equal((1, "secrets/key is missing: a secret value. Put its value into that file, readable for you alone.\n"), (refused.ExitCode, refused.Output));
        Assert.Equal("", await engine.RunAsync(["ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=secretive"], TestContext.Current.CancellationToken));
    }

    private static void Add(IDistributedApplicationBuilder builder, string target)
    {
        if (target == "swarm") builder.AddSwarmTarget();
        else builder.AddComposeTarget();
    }

    private static async Task BeginAsync(DockerEngine engine, string target)
    {
        if (target == "swarm") await engine.BeginSwarmAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> ContainerAsync(DockerEngine engine, string application) =>
        (await engine.RunAsync(["ps", "--quiet", "--filter", $"name={application}"], TestContext.Current.CancellationToken)).Trim();

    private static async Task<string> StateAsync(DockerEngine engine, string container) =>
        (await engine.RunAsync(["inspect", "--format", "{{.State.Status}} {{.RestartCount}}", container], TestContext.Current.CancellationToken)).Trim();
}
