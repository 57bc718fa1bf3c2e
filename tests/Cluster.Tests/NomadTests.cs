using System.Globalization;
using AspireDeploy.Workload;

namespace AspireDeploy.ClusterTests;

/// <summary>
/// The shop on the Nomad that <c>NOMAD_ADDR</c> names, whose clients this machine reaches; its jobs aren't there before or after.
/// </summary>
public sealed class NomadTests : IAsyncLifetime
{
    private const string Variable = "ASPIREDEPLOY_NOMAD";
    private const string Api = $"{BreakableShop.Name}-api";

    private readonly PublishedShop _shop = new("nomad", static (shop, builder) => shop.DeclareForNomad(builder));
    private bool _isOurs;

    public async ValueTask InitializeAsync()
    {
        OptIn.Require(Variable, "the Nomad that NOMAD_ADDR names");
        await Terminal.RunAsync("nomad", "job", "status");
        Assert.NotEqual(0, (await Terminal.TryAsync("/", "nomad", "job", "inspect", Api)).Code);
        _isOurs = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOurs && Directory.Exists(_shop.Folder))
            await _shop.SucceedAsync("destroy.sh", "--volumes");
        _shop.Dispose();
    }

    [Fact]
    public async Task Shop_IsDeployed_Killed_Starved_FailedAndRolled_AndServesThroughout()
    {
        await _shop.PublishAsync(new());
        // "nomad job validate" is the deployment's own first command for every job.
        Assert.Contains($"Job: \"{Api}\"", await _shop.SucceedAsync("deploy.sh", "--dry-run"), StringComparison.Ordinal);

        await _shop.SucceedAsync("deploy.sh");
        var first = await AllocationsAsync();
        Assert.Equal(2, first.Length);
        using var http = new HttpClient { BaseAddress = await GatewayAsync(), Timeout = TimeSpan.FromSeconds(10) };
        await ServesAsync(http, "version 1");

        // Nothing has changed: nothing changes.
        await _shop.SucceedAsync("deploy.sh");
        Assert.Equal(first, await AllocationsAsync());

        // A replica is killed: it starts again.
        await Terminal.RunAsync("nomad", "alloc", "signal", "-s", "SIGKILL", first[0], "api");
        await RestartedAsync(first[0], 1);

        // A replica takes more memory than it may: it is ended and starts again, and the other stays as it is.
        await Terminal.RunAsync("nomad", "alloc", "exec", "-i=false", "-t=false", "-task", "api", first[1], "touch", "/tmp/eat");
        await RestartedAsync(first[1], 1);
        Assert.Contains("OOM", await Terminal.RunAsync("nomad", "alloc", "status", first[1]), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await RestartsAsync(first[0]));

        // The job fails: the deployment says which and why, and those who wait for it stay as they are.
        await _shop.PublishAsync(new("2", BreakableShop.BrokenMigration));
        var failed = await _shop.TryAsync("deploy.sh");
        Assert.Equal(1, failed.Code);
        Assert.Contains("relation \"nothing\" does not exist", failed.Errors, StringComparison.Ordinal);
        Assert.EndsWith(
            "migrator failed. Those who wait for it weren't touched: the previous version goes on serving.",
            failed.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(first, await AllocationsAsync());
        await ServesAsync(http, "version 1");

        // A new version under load: every replica is replaced, and no request is lost.
        await _shop.PublishAsync(new("3"));
        var lost = await LostWhileAsync(http, _shop.SucceedAsync("deploy.sh"));
        Assert.Empty(lost);
        await ServesAsync(http, "version 3");
        Assert.Empty((await AllocationsAsync()).Intersect(first));

        // Taken away: the data stays, until it is said that it may go too.
        await _shop.SucceedAsync("destroy.sh");
        Assert.NotEqual(0, (await Terminal.TryAsync("/", "nomad", "job", "inspect", Api)).Code);
        Assert.Contains(
            $"{BreakableShop.Name}-data",
            await Terminal.RunAsync("nomad", "volume", "status", "-type", "host"),
            StringComparison.Ordinal
        );
        await _shop.SucceedAsync("destroy.sh", "--volumes");
        Assert.DoesNotContain(
            $"{BreakableShop.Name}-data",
            (await Terminal.TryAsync("/", "nomad", "volume", "status", "-type", "host")).Output,
            StringComparison.Ordinal
        );
    }

    // The replicas that run.
    private static async Task<string[]> AllocationsAsync() =>
        [
            .. (
                await Terminal.RunAsync(
                    "nomad",
                    "job",
                    "allocs",
                    "-t",
                    "{{ range . }}{{ printf \"%s %s %s\\n\" .DesiredStatus .ClientStatus .ID }}{{ end }}",
                    Api
                )
            )
                .Split('\n')
                .Where(static line => line.StartsWith("run running ", StringComparison.Ordinal))
                .Select(static line => line.Split(' ')[2])
                .Order(StringComparer.Ordinal),
        ];

    private static async Task<int> RestartsAsync(string allocation) =>
        int.Parse(
            await Terminal.RunAsync("nomad", "alloc", "status", "-t", "{{ (index .TaskStates \"api\").Restarts }}", allocation),
            CultureInfo.InvariantCulture
        );

    private static Task RestartedAsync(string allocation, int times) =>
        Until.TrueAsync(
            async () =>
                await RestartsAsync(allocation) == times
                && (await Terminal.RunAsync("nomad", "alloc", "status", "-t", "{{ (index .TaskStates \"api\").State }}", allocation))
                    == "running",
            TimeSpan.FromMinutes(5),
            () => $"{allocation} didn't start again within five minutes.",
            TestContext.Current.CancellationToken
        );

    private static async Task<Uri> GatewayAsync()
    {
        var address = await Terminal.RunAsync(
            "nomad",
            "service",
            "info",
            "-t",
            "{{ range . }}{{ printf \"%s:%d\\n\" .Address .Port }}{{ end }}",
            $"{BreakableShop.Name}-gateway"
        );
        return new($"http://{address.Split('\n')[0]}");
    }

    private static Task ServesAsync(HttpClient http, string version) =>
        Until.TrueAsync(
            async () => await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken) == version,
            TimeSpan.FromMinutes(2),
            () => $"The gateway didn't answer with {version}.",
            TestContext.Current.CancellationToken
        );

    private static async Task<List<string>> LostWhileAsync(HttpClient http, Task happening)
    {
        var lost = new List<string>();
        while (!happening.IsCompleted)
        {
            try
            {
                await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                lost.Add(failure.Message);
            }
        }
        await happening;
        return lost;
    }
}
