using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Engines.Docker;

namespace EmbeddedHost.Tests.Containers;

public class ContainerResourceTests(ContainerEngine containers)
{
    private const string Image = "busybox:1.37.0";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Declaration_ReachesTheContainer()
    {
        await containers.StartedAsync();
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "given.txt"), "from the host", Cancellation);
        var builder = RunningApplication.Builder();
        Add(builder, "told")
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", "echo \"$1|$NASTY|$(cat /given/given.txt)|$(touch /given/x 2>&1)|$(ls -d /volume)|$(hostname)\"", "sh", "an 'argument' with \"quotes\" and $dollars")
            .WithEnvironment("NASTY", "a $b 'c' \"d\"")
            .WithBindMount(directory.Path, "/given", isReadOnly: true)
            .WithVolume("told-data", "/volume")
            .WithContainerRuntimeArgs("--hostname", "by-runtime-args");
        await using var application = await RunningApplication.StartAsync(builder);

        await application.UntilSaysAsync("told", "an 'argument' with \"quotes\" and $dollars|a $b 'c' \"d\"|from the host|touch: /given/x: Read-only file system|/volume|by-runtime-args");
        var ended = await application.UntilAsync("told", KnownResourceStates.Exited);

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(Image, ended.Properties.Single(p => p.Name == "container.image").Value);
        Assert.Contains(ended.Volumes, volume => volume is { Target: "/volume", MountType: "volume" });
    }

    [Fact]
    public async Task HttpEndpoint_IsServedOnLoopback_AndChecked()
    {
        await containers.StartedAsync();
        var builder = RunningApplication.Builder();
        var web = Add(builder, "web")
            .WithEntrypoint("sh")
            .WithArgs("-c", "echo hello > /tmp/index.html; exec httpd -f -p 8000 -h /tmp")
            .WithHttpEndpoint(targetPort: 8000)
            .WithHttpHealthCheck("/index.html");
        await using var application = await RunningApplication.StartAsync(builder);

        await application.UntilHealthyAsync("web");

        using var client = new HttpClient();
        Assert.Equal("hello\n", await client.GetStringAsync(new Uri(web.GetEndpoint("http").Url), Cancellation));
    }

    [Fact]
    public async Task ContainerToContainer_ByReference_IsReachedByNameOnItsOwnPort()
    {
        await containers.StartedAsync();
        var builder = RunningApplication.Builder();
        var web = Add(builder, "inner")
            .WithEntrypoint("sh")
            .WithArgs("-c", "echo inside > /tmp/index.html; exec httpd -f -p 8000 -h /tmp")
            .WithHttpEndpoint(targetPort: 8000)
            .WithHttpHealthCheck("/index.html");
        Add(builder, "asking")
            .WithEntrypoint("sh")
            .WithArgs("-c", "echo address $services__inner__http__0; wget -q -O - $services__inner__http__0")
            .WithReference(web.GetEndpoint("http"))
            .WaitFor(web);
        await using var application = await RunningApplication.StartAsync(builder);

        await application.UntilSaysAsync("asking", "address http://inner.dev.internal:8000");
        await application.UntilSaysAsync("asking", "inside");
    }

    [Fact]
    public async Task ContainerToHost_ByReference_IsReachedThroughTheTunnel()
    {
        var engine = await containers.StartedAsync();
        // DCP builds its tunnel's image on this one, which can't be pulled here.
        if (engine.BaseImages.StartsWith("127", StringComparison.Ordinal))
        {
            await engine.RunAsync(["pull", "--quiet", engine.BaseImages + "/dotnet/runtime:10.0"], Cancellation);
            await engine.RunAsync(["tag", engine.BaseImages + "/dotnet/runtime:10.0", "mcr.microsoft.com/azurelinux/base/core:3.0"], Cancellation);
        }

        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "index.html"), "on the host\n", Cancellation);
        var builder = RunningApplication.Builder();
        var server = builder.AddExecutable("hostserver", "python3", directory.Path, "-m", "http.server", "--bind", "127.0.0.1")
            .WithHttpEndpoint(env: "PORT")
            .WithArgs(context => context.Args.Add(((IResourceWithEndpoints)context.Resource).GetEndpoint("http").Property(EndpointProperty.TargetPort)));
        Add(builder, "guest")
            .WithEntrypoint("sh")
            .WithArgs("-c", "echo address $services__hostserver__http__0; until wget -q -O - $services__hostserver__http__0; do sleep 0.2; done")
            .WithReference(server.GetEndpoint("http"));
        await using var application = await RunningApplication.StartAsync(builder);

        await application.UntilSaysAsync("guest", "address http://aspire.dev.internal:");
        await application.UntilSaysAsync("guest", "on the host");
    }

    [Fact]
    public async Task Stop_Start_Restart_GiveANewContainerEachTime()
    {
        var engine = await containers.StartedAsync();
        var builder = RunningApplication.Builder();
        Add(builder, "again").WithEntrypoint("sh").WithArgs("-c", "echo begun; exec sleep 1000");
        await using var application = await RunningApplication.StartAsync(builder);
        var first = Id(await application.UntilAsync("again", KnownResourceStates.Running));

        await application.CommandAsync("again", KnownResourceCommands.StopCommand);
        await application.UntilAsync("again", KnownResourceStates.Exited);
        Assert.NotEqual("true", await StateAsync(engine, first));
        await application.CommandAsync("again", KnownResourceCommands.StartCommand);
        var second = Id(await application.UntilAsync("again", s => s.State?.Text == KnownResourceStates.Running && Id(s) != first));
        await application.CommandAsync("again", KnownResourceCommands.RestartCommand);
        var third = Id(await application.UntilAsync("again", s => s.State?.Text == KnownResourceStates.Running && Id(s) != second));

        Assert.NotEqual("true", await StateAsync(engine, second));
        Assert.Equal("true", await StateAsync(engine, third));
        await application.UntilSaysAsync("again", "begun");
    }

    [Fact]
    public async Task Killed_ByTheEngine_IsToldWithItsExitCode()
    {
        var engine = await containers.StartedAsync();
        var builder = RunningApplication.Builder();
        Add(builder, "victim").WithEntrypoint("sleep").WithArgs("1000");
        await using var application = await RunningApplication.StartAsync(builder);
        var id = Id(await application.UntilAsync("victim", KnownResourceStates.Running));

        await engine.RunAsync(["kill", id], Cancellation);

        Assert.Equal(137, (await application.UntilAsync("victim", KnownResourceStates.Exited)).ExitCode);
    }

    [Fact]
    public async Task ImageThatIsNowhere_FailsToStart_WithTheReason()
    {
        await containers.StartedAsync();
        var builder = RunningApplication.Builder();
        builder.AddContainer("nowhere", "127.0.0.1:1/no-such-image", "1.0");
        await using var application = await RunningApplication.StartAsync(builder);

        var failed = await application.UntilAsync("nowhere", s => s.State?.Text == KnownResourceStates.FailedToStart && s.Reason() is not null);

        Assert.Contains("127.0.0.1:1/no-such-image:1.0", failed.Reason(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Reason()!);
    }

    [Fact]
    public async Task EndpointWithoutTargetPort_FailsToStart_AndSaysWhatToSet()
    {
        await containers.StartedAsync();
        var builder = RunningApplication.Builder();
        Add(builder, "portless").WithHttpEndpoint();
        await using var application = await RunningApplication.StartAsync(builder);

        var failed = await application.UntilAsync("portless", KnownResourceStates.FailedToStart);

        Assert.Contains("Endpoint 'http' of container 'portless' must say on which port the container listens", failed.Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Persistent_IsTheSameContainerInTheNextRun()
    {
        var engine = await containers.StartedAsync();
        using var directory = new TemporaryDirectory();
        var ids = new List<string>();

        for (var run = 1; run <= 2; run++)
        {
            var builder = RunningApplication.Builder(directory.Path);
            Add(builder, "stays").WithEntrypoint("sleep").WithArgs("1000").WithLifetime(ContainerLifetime.Persistent);
            await using var application = await RunningApplication.StartAsync(builder);
            ids.Add(Id(await application.UntilAsync("stays", KnownResourceStates.Running)));
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Equal("true", await StateAsync(engine, ids[0]));
        await engine.RunAsync(["rm", "--force", ids[0]], Cancellation);
    }

    [Fact]
    public async Task EngineNotInstalled_StopsTheRun_AndSaysWhatToDo()
    {
        await containers.StartedAsync();
        var builder = RunningApplication.Builder(null, "--dcp-container-runtime", "podman");
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).All(directory => !File.Exists(Path.Combine(directory, "podman"))), "podman is installed");
        Add(builder, "unable");

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => RunningApplication.StartAsync(builder));

        Assert.Equal("Podman is not installed, or 'podman' is not in PATH: install it, or, where only PostgreSQL and Redis need it, run them as processes (leave out '--backing-services Container').", refused.Message);
    }

    [Fact]
    public async Task Ports_OfTwoIsolatedRuns_DoNotMeet()
    {
        await containers.StartedAsync();
        await using var one = await WebAsync();
        await using var other = await WebAsync();

        await one.UntilHealthyAsync("fixed");
        await other.UntilHealthyAsync("fixed");

        static Task<RunningApplication> WebAsync()
        {
            var builder = RunningApplication.Builder();
            Add(builder, "fixed").WithEntrypoint("httpd").WithArgs("-f", "-p", "80").WithHttpEndpoint(port: 18099, targetPort: 80)
                .WithHttpHealthCheck("/", (int)HttpStatusCode.NotFound);
            return RunningApplication.StartAsync(builder);
        }
    }

    // With an init process, so that a stop need not wait for programs that don't know of signals.
    private static IResourceBuilder<ContainerResource> Add(DistributedApplicationBuilder builder, string name) => builder.AddContainer(name, Image).WithContainerRuntimeArgs("--init");

    private static string Id(CustomResourceSnapshot snapshot) => snapshot.Properties.Single(p => p.Name == "container.id").Value as string ?? "";

    private static async Task<string> StateAsync(DockerEngine engine, string container) =>
        (await engine.TryRunAsync(["inspect", "--format", "{{.State.Running}}", container], Cancellation)).Output.Trim();
}
