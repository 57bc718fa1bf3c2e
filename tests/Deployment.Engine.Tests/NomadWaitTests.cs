using System.Text.Json;
using System.Text.RegularExpressions;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.EngineTests;

/// <summary>
/// The task by which a job of Nomad waits for others, in the container that it runs in; what Nomad fills into its script is filled in here.
/// </summary>
public sealed partial class NomadWaitTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    private const string Image = "docker.io/library/busybox";
    private const string Tag = "1.37.0";
    private const string Network = "waiting";

    [Fact]
    public async Task Wait_ForWhatIsNotThere_SaysForWhom_AndEndsOnceAllAnswer()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        using var folder = new PublishedFolder(engine, "nomad");
        await folder.PublishAsync("shop", builder =>
        {
            var cache = builder.AddRedis("cache");
            var web = builder.AddContainer("web", Image, Tag).WithHttpEndpoint(targetPort: 8080).WithHttpHealthCheck("/hostname");
            builder.AddContainer("api", Image, Tag).WaitFor(cache).WaitFor(web);
            builder.AddNomadTarget().WithClientNetwork("private");
        });
        var job = await File.ReadAllTextAsync(Path.Combine(folder.Path, "api.nomad.hcl"), TestContext.Current.CancellationToken);
        var command = JsonSerializer.Deserialize<string[]>(Arguments().Match(job).Groups[1].Value)!;
        var local = Directory.CreateDirectory(Path.Combine(folder.Path, "local"));
        await File.WriteAllTextAsync(
            Path.Combine(local.FullName, "ready.sh"),
            Address().Replace(Script().Match(job).Groups[1].Value, Filled),
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
            local.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

        await engine.RunAsync(["network", "create", Network], TestContext.Current.CancellationToken);
        await engine.RunAsync(
            [
                "run",
                "--detach",
                "--name",
                "wait",
                "--network",
                Network,
                "--user",
                "65534:65534",
                "--read-only",
                "--cap-drop",
                "all",
                "--volume",
                $"{local.FullName}:/local:ro",
                $"{Image}:{Tag}",
                "sh",
                .. command,
            ],
            TestContext.Current.CancellationToken
        );
        await SaysAsync(engine, "waits for cache healthy\n");
        await ListenAsync(engine, "cache", 6379);
        await SaysAsync(engine, "waits for cache healthy\nwaits for web healthy\n");
        await ListenAsync(engine, "web", 8080);

        Assert.Equal("0\n", await engine.RunAsync(["wait", "wait"], TestContext.Current.CancellationToken));
    }

    // As consul-template does, where each service is one container of its own name. In our names the resource's comes before the
    // endpoint's.
    private static string Filled(Match match)
    {
        var service = match.Groups[1].Value.Split('-')[1];
        return match
            .Groups[2]
            .Value.Replace("{{ .Address }}", service, StringComparison.Ordinal)
            .Replace("{{ .Port }}", service == "cache" ? "6379" : "8080", StringComparison.Ordinal);
    }

    private static Task<string> ListenAsync(DockerEngine engine, string name, int port) =>
        engine.RunAsync(
            ["run", "--detach", "--name", name, "--network", Network, $"{Image}:{Tag}", "httpd", "-f", "-p", $"{port}", "-h", "/etc"],
            TestContext.Current.CancellationToken
        );

    private static Task SaysAsync(DockerEngine engine, string text) =>
        Until.TrueAsync(
            async () => await engine.RunAsync(["logs", "wait"], TestContext.Current.CancellationToken) == text,
            TimeSpan.FromMinutes(1),
            () => $"It never said {text}",
            TestContext.Current.CancellationToken
        );

    [GeneratedRegex(@"command = ""sh""\n +args = (\[.*\])\n")]
    private static partial Regex Arguments();

    [GeneratedRegex(@"destination = ""local/ready\.sh""\n(?: +\w+ = .*\n)* +data = <<EOT\n((?:.*\n)*?)EOT\n")]
    private static partial Regex Script();

    [GeneratedRegex(@"\{\{ range nomadService 1 \(env ""NOMAD_ALLOC_ID""\) ""([^""]+)"" \}\}(.*?)\{\{ else \}\}false\{\{ end \}\}")]
    private static partial Regex Address();
}
