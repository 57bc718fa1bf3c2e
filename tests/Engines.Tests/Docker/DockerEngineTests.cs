using System.Diagnostics;
using System.Net.NetworkInformation;
using AspireDeploy.Engines.Docker;

namespace Engines.Tests.Docker;

public sealed class DockerEngineTests
{
    private const string Image = "busybox:1.37.0";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoEngines_BesideEachOther_KnowNothingOfEachOther()
    {
        await using var one = await DockerEngine.StartAsync(Cancellation);
        one.RequireOwn();
        await using var other = await DockerEngine.StartAsync(Cancellation);

        foreach (var engine in (DockerEngine[])[one, other])
        {
            await engine.RunAsync(["network", "create", "shared-name"], Cancellation);
            await engine.RunAsync(
                ["run", "--detach", "--name", "server", "--network", "shared-name", Image, "httpd", "-f", "-p", "80"],
                Cancellation
            );
        }

        Assert.Equal("server", (await one.RunAsync(["ps", "--format", "{{.Names}}"], Cancellation)).Trim());
        Assert.Contains(
            "1 packets received",
            await other.RunAsync(["run", "--rm", "--network", "shared-name", Image, "ping", "-c", "1", "server"], Cancellation),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Kill_EndsEveryContainer_AndStartAgainBringsBackThoseThatRestart()
    {
        await using var engine = await DockerEngine.StartAsync(Cancellation);
        engine.RequireOwn();
        var mark = "86" + Random.Shared.Next(100_000, 999_999);
        await engine.RunAsync(
            [
                "run",
                "--detach",
                "--name",
                "back",
                "--restart",
                "unless-stopped",
                "--volume",
                "kept:/kept",
                Image,
                "sh",
                "-c",
                $"echo begun >> /kept/log; exec sleep {mark}",
            ],
            Cancellation
        );
        Assert.NotEmpty(Sleeping(mark));

        await engine.KillAsync();
        Assert.Empty(Sleeping(mark));
        await engine.StartAgainAsync(Cancellation);

        Assert.NotEmpty(Sleeping(mark));
        Assert.Equal("begun\nbegun\n", await engine.RunAsync(["exec", "back", "cat", "/kept/log"], Cancellation));
    }

    [Fact]
    public async Task Dispose_LeavesNothingInTheKernel()
    {
        var mark = "87" + Random.Shared.Next(100_000, 999_999);
        string bridge;
        await using (var engine = await DockerEngine.StartAsync(Cancellation))
        {
            engine.RequireOwn();
            bridge = "br-" + (await engine.RunAsync(["network", "create", "left"], Cancellation))[..12];
            await engine.RunAsync(["run", "--detach", "--network", "left", "--restart", "always", Image, "sleep", mark], Cancellation);
            Assert.NotEmpty(Sleeping(mark));
            Assert.Contains(bridge, Interfaces());
        }

        Assert.Empty(Sleeping(mark));
        Assert.DoesNotContain(bridge, Interfaces());
    }

    [Fact]
    public async Task Compose_ServiceHealthy_IsWaitedFor()
    {
        await using var engine = await DockerEngine.StartAsync(Cancellation);
        var directory = Directory.CreateTempSubdirectory("compose-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "compose.yaml"),
                $$"""
                services:
                  first:
                    image: {{Image}}
                    command: ["sh", "-c", "sleep 1; touch /ready; sleep 1000"]
                    init: true
                    healthcheck: { test: ["CMD", "test", "-f", "/ready"], interval: 200ms, timeout: 5s, retries: 100 }
                  second:
                    image: {{Image}}
                    command: ["sleep", "1000"]
                    init: true
                    depends_on: { first: { condition: service_healthy } }
                """,
                Cancellation
            );

            await engine.RunAsync(["compose", "up", "--detach"], Cancellation, directory.FullName);

            Assert.Equal("first\nsecond\n", await engine.RunAsync(["compose", "ps", "--services"], Cancellation, directory.FullName));
            Assert.Contains(
                "(healthy)",
                await engine.RunAsync(["compose", "ps", "first"], Cancellation, directory.FullName),
                StringComparison.Ordinal
            );
        }
        finally
        {
            await engine.TryRunAsync(["compose", "down", "--timeout", "1"], Cancellation, directory.FullName);
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Swarm_TwoEnginesAtOnce_RunServicesOnOverlayNetworks()
    {
        await using var one = await DockerEngine.StartAsync(Cancellation);
        one.RequireOwn();
        await using var other = await DockerEngine.StartAsync(Cancellation);

        foreach (var engine in (DockerEngine[])[one, other])
        {
            await engine.BeginSwarmAsync(Cancellation);
            await engine.RunAsync(["network", "create", "--driver", "overlay", "--attachable", "inner"], Cancellation);
            await engine.RunAsync(
                [
                    "service",
                    "create",
                    "--quiet",
                    "--name",
                    "web",
                    "--replicas",
                    "2",
                    "--network",
                    "inner",
                    "--endpoint-mode",
                    "dnsrr",
                    Image,
                    "httpd",
                    "-f",
                    "-p",
                    "80",
                ],
                Cancellation
            );
        }

        foreach (var engine in (DockerEngine[])[one, other])
        {
            Assert.Contains(
                "1 packets received",
                await engine.RunAsync(["run", "--rm", "--network", "inner", Image, "ping", "-c", "1", "web"], Cancellation),
                StringComparison.Ordinal
            );
        }
    }

    private static List<string> Sleeping(string seconds) =>
        [
            .. Process
                .GetProcessesByName("sleep")
                .Select(process => $"/proc/{process.Id}/cmdline")
                .Where(File.Exists)
                .Select(ReadIfThere)
                .Where(line => line.Contains(seconds, StringComparison.Ordinal)),
        ];

    private static string ReadIfThere(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static IEnumerable<string> Interfaces() => NetworkInterface.GetAllNetworkInterfaces().Select(candidate => candidate.Name);
}
