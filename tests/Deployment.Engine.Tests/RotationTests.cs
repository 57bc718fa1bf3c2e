using System.Diagnostics;
using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>
/// A password of the whole solution is changed by one command, on a real engine, while requests come through its gateway.
/// </summary>
public sealed class RotationTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    private const string Application = "rotated";

    [Fact]
    public async Task Rotate_APasswordOfPostgresAndOfRedis_UnderLoad_FailsNoRequest_AndFinishesWhereItWasInterrupted()
    {
        var engine = await docker.StartedAsync(TestContext.Current.CancellationToken);
        await Solution.BuildImagesAsync(engine, Application);
        using var folder = new PublishedFolder(engine, "compose");
        using var gateway = new GatewayClient(folder.HttpsPort);
        string[] kept = ["postgres", "cache", "migrator"];
        var servers = kept.Select(service => new ServiceContainers(engine, $"com.docker.compose.service={service}")).ToArray();
        var api = new ServiceContainers(engine, "com.docker.compose.service=api");
        await folder.PublishAsync(Application, builder =>
        {
            Solution.Declare(builder, folder);
            builder.AddDockerComposeTarget();
        });
        await folder.SucceedAsync("deploy.sh");
        var item = await gateway.AddItemAsync("kept");
        var before = await AllAsync(servers);

        foreach (var secret in (string[])["postgres-password", "cache-password"])
        {
            var (old, replicas) = (await SecretAsync(folder, secret), await api.RunningAsync());

            var failed = await gateway.WhileAsync(async () =>
                Assert.EndsWith($"{secret} is changed\n", await folder.SucceedAsync("rotate.sh", secret), StringComparison.Ordinal)
            );

            Assert.Empty(failed);
            Assert.NotEqual(old, await SecretAsync(folder, secret));
            Assert.Empty(replicas.Intersect(await api.RunningAsync()));
            await AssertTakenAsync(engine, folder, secret, old);
        }

        // Servers went on, and the job didn't run again; nothing is left to do.
        Assert.Equal(before, await AllAsync(servers));
        Assert.EndsWith("  nothing changed\n", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);
        Assert.True(await gateway.HasAsync(item));

        // Killed at any point, it is finished by the next; until then nothing else deploys.
        foreach (var secret in (string[])["postgres-password", "cache-password"])
        {
            var old = await SecretAsync(folder, secret);
            for (var delay = 1; delay <= 13; delay += 4)
                await KilledAsync(engine, folder, secret, TimeSpan.FromSeconds(delay));
            if (File.Exists(Path.Combine(folder.Path, "secrets", ".rotation")))
            {
                var refused = await folder.RunAsync("deploy.sh");
                Assert.Equal(1, refused.ExitCode);
                Assert.EndsWith(
                    $"The rotation of {secret} was interrupted: ./rotate.sh {secret} finishes it, and deploys.\n",
                    refused.Output,
                    StringComparison.Ordinal
                );
            }

            await folder.SucceedAsync("rotate.sh", secret);

            await AssertTakenAsync(engine, folder, secret, old);
            Assert.Equal(3, (await gateway.ReplicasAsync(30)).Count);
            Assert.True(await gateway.HasAsync(item));
        }
        Assert.Equal(before, await AllAsync(servers));
        Assert.EndsWith("  nothing changed\n", await folder.SucceedAsync("deploy.sh"), StringComparison.Ordinal);

        // What the servers read at their next start is the same.
        await engine.RunAsync(["compose", "restart", "postgres", "cache"], TestContext.Current.CancellationToken, folder.Path);
        await folder.SucceedAsync("deploy.sh");
        Assert.True(await gateway.HasAsync(item));
        await folder.SucceedAsync("destroy.sh", "--volumes");
    }

    private static async Task<string[]> AllAsync(ServiceContainers[] servers) =>
        [.. (await Task.WhenAll(servers.Select(static each => each.AllAsync()))).SelectMany(static each => each)];

    private static Task<string> SecretAsync(PublishedFolder folder, string secret) =>
        File.ReadAllTextAsync(Path.Combine(folder.Path, "secrets", secret), TestContext.Current.CancellationToken);

    // The server takes the one in the folder, and the old one no more; and a container that was there sees it in its file.
    private static async Task AssertTakenAsync(DockerEngine engine, PublishedFolder folder, string secret, string old)
    {
        var current = await SecretAsync(folder, secret);
        if (secret == "cache-password")
        {
            Assert.Equal(("OK", "refused"), (await RedisAsync(current), await RedisAsync(old)));
            return;
        }
        Assert.Equal(("1", "refused"), (await PostgresAsync(current), await PostgresAsync(old)));
        Assert.Equal(current, (await folder.TypeAsync("docker compose exec -T postgres cat /run/secrets/postgres-password")).Output);

        async Task<string> RedisAsync(string password) =>
            (await folder.TypeAsync($"echo 'AUTH {password}' | docker compose exec -T cache redis-cli -h 127.0.0.1")).Output.Trim() == "OK"
                ? "OK"
                : "refused";
        async Task<string> PostgresAsync(string password) =>
            await folder.TypeAsync(
                $"docker compose exec -T --env PGPASSWORD={password} postgres psql --host 127.0.0.1 --username postgres --no-align "
                    + "--tuples-only --command 'SELECT 1'"
            )
                is { ExitCode: 0 } read
                ? read.Output.Trim()
                : "refused";
    }

    private static async Task KilledAsync(DockerEngine engine, PublishedFolder folder, string secret, TimeSpan after)
    {
        var start = new ProcessStartInfo("sh", ["./rotate.sh", secret])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in engine.Environment)
            start.Environment[name] = value;
        using var interrupted = Process.Start(start)!;
        var read = Task.WhenAll(
            interrupted.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            interrupted.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        using var limit = new CancellationTokenSource(after);
        try
        {
            await interrupted.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            interrupted.Kill(entireProcessTree: true);
            await interrupted.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await read;
    }
}
