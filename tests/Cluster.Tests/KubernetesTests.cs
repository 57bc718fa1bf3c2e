using System.Globalization;
using AspireDeploy.Workload;

namespace AspireDeploy.ClusterTests;

/// <summary>The shop on the cluster of the current context, in a namespace of its own that isn't there before or after.</summary>
public sealed class KubernetesTests : IAsyncLifetime
{
    private const string Elsewhere = $"{BreakableShop.Name}-elsewhere";
    private const string Variable = "ASPIREDEPLOY_KUBERNETES";

    private readonly PublishedShop _shop = new("kubernetes", static (shop, builder) => shop.DeclareForKubernetes(builder));
    private bool _isOurs;

    public async ValueTask InitializeAsync()
    {
        OptIn.Require(Variable, "the cluster of kubectl's current context");
        await Terminal.RunAsync("kubectl", "config", "current-context");
        Assert.Equal(
            "",
            await Terminal.RunAsync("kubectl", "get", "namespace", BreakableShop.Name, "--ignore-not-found", "--output", "name")
        );
        _isOurs = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOurs)
            await Terminal.RunAsync("kubectl", "delete", "namespace", BreakableShop.Name, "--ignore-not-found");
        _shop.Dispose();
    }

    [Fact]
    public async Task Shop_IsDeployed_Killed_Starved_FailedAndRolled_AndServesThroughout()
    {
        await _shop.PublishAsync(new());
        Assert.Contains("all of this would be made", await _shop.SucceedAsync("deploy.sh", "--dry-run"), StringComparison.Ordinal);

        await _shop.SucceedAsync("deploy.sh");
        var first = await PodsAsync("api");
        Assert.Equal(2, first.Count(static pod => pod.IsReady));
        await AnsweringAsync();

        // Nothing has changed: nothing changes.
        Assert.Contains("nothing would change", await _shop.SucceedAsync("deploy.sh", "--dry-run"), StringComparison.Ordinal);
        Assert.EndsWith("nothing changed", await _shop.SucceedAsync("deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(first, await PodsAsync("api"));

        // A replica is killed: another takes its place.
        await KubectlAsync("delete", "pod", first[0].Name, "--grace-period=0", "--force");
        await BothReadyAsync(pods => pods.All(pod => pod.Name != first[0].Name));

        // A replica takes more memory than it may: it is ended and starts again, and the other stays as it is.
        var (victim, other) = (await PodsAsync("api")) is [var one, var two]
            ? (one, two)
            : throw new InvalidOperationException("There aren't two replicas.");
        await KubectlAsync("exec", victim.Name, "--", "touch", "/tmp/eat");
        await BothReadyAsync(pods => pods.Any(pod => pod.Name == victim.Name && pod.Restarts == victim.Restarts + 1));
        var after = await PodsAsync("api");
        Assert.Equal("OOMKilled", after.Single(pod => pod.Name == victim.Name).LastEnd);
        Assert.Contains(other, after);

        // The job fails: the deployment says which and why, and those who wait for it stay as they are.
        var before = await PodsAsync("api");
        await _shop.PublishAsync(new("2", BreakableShop.BrokenMigration));
        var failed = await _shop.TryAsync("deploy.sh");
        Assert.Equal(1, failed.Code);
        Assert.Contains("relation \"nothing\" does not exist", failed.Errors, StringComparison.Ordinal);
        Assert.EndsWith(
            "migrator failed. Those who wait for it don't start: the previous version goes on serving.",
            failed.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(before, (await PodsAsync("api")).Where(static pod => pod.IsReady));
        await AnsweringAsync();

        // A new version under load: every replica is replaced, and no request is lost.
        var (_, lost) = await ClientAsync();
        await _shop.DeployAsync(new("3"));
        await AnsweringAsync();
        Assert.Equal(lost, (await ClientAsync()).Lost);
        Assert.Empty(
            (await PodsAsync("api"))
                .Where(static pod => pod.IsReady)
                .Select(static pod => pod.Name)
                .Intersect(before.Select(static pod => pod.Name))
        );

        // Taken away: the data stays, until it is said that it may go too.
        await _shop.SucceedAsync("destroy.sh");
        Assert.Equal("persistentvolumeclaim/data-postgres-0", await KubectlAsync("get", "persistentvolumeclaims", "--output", "name"));
        Assert.Equal(
            "",
            await KubectlAsync(
                "get",
                "deployments,statefulsets,jobs,services,secrets",
                "--selector",
                $"app.kubernetes.io/part-of={BreakableShop.Name}",
                "--output",
                "name"
            )
        );
        await _shop.SucceedAsync("destroy.sh", "--volumes");
        Assert.Equal(
            "",
            await Terminal.RunAsync("kubectl", "get", "namespace", BreakableShop.Name, "--ignore-not-found", "--output", "name")
        );
    }

    [Fact]
    public async Task Shop_WhereTheClusterEnforcesPolicies_IsReachedByThoseWhomTheDeclarationNamesAlone()
    {
        Assert.Equal("", await Terminal.RunAsync("kubectl", "get", "namespace", Elsewhere, "--ignore-not-found", "--output", "name"));
        await Terminal.RunAsync("kubectl", "create", "namespace", Elsewhere);
        try
        {
            await Stranger.RequireEnforcementAsync(Elsewhere);
            await _shop.DeployAsync(new());
            await AnsweringAsync();
            var (api, postgres) = (await AddressAsync("api"), await AddressAsync("postgres"));

            // Those of the deployment reach whom they refer to, and nobody else.
            Assert.True(await Stranger.ReachesAsync(BreakableShop.Name, "deployment/client", api, 8080));
            Assert.False(await Stranger.ReachesAsync(BreakableShop.Name, "deployment/client", postgres, 5432));
            Assert.False(await Stranger.ReachesAsync(BreakableShop.Name, "deployment/api", postgres, 5432));

            // Strangers reach none: not beside them, and not from another namespace with a client's labels on.
            foreach (
                var stranger in (Stranger[])
                    [await Stranger.StartAsync(BreakableShop.Name, "stranger"), await Stranger.StartAsync(Elsewhere, "impostor", "client")]
            )
            {
                Assert.False(await stranger.ReachesAsync(api, 8080));
                Assert.False(await stranger.ReachesAsync(postgres, 5432));
            }
        }
        finally
        {
            await Terminal.RunAsync("kubectl", "delete", "namespace", Elsewhere);
        }
    }

    private sealed record Pod(string Name, bool IsReady, int Restarts, string LastEnd);

    private static Task<string> KubectlAsync(params string[] arguments) =>
        Terminal.RunAsync(["kubectl", "--namespace", BreakableShop.Name, .. arguments]);

    // A line for each that isn't on its way out: its name, and once its container has started, whether it is ready, how often it has
    // started again, and why it ended last.
    private const string PodLines =
        "go-template={{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}}{{range .status.containerStatuses}} "
        + "{{.ready}} {{.restartCount}} {{with .lastState.terminated}}{{.reason}}{{end}}{{end}}{{\"\\n\"}}{{end}}{{end}}";

    private static async Task<List<Pod>> PodsAsync(string workload) =>
        [
            .. (await KubectlAsync("get", "pods", "--selector", $"app.kubernetes.io/name={workload}", "--output", PodLines))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line =>
                    line.Split(' ') is [var name, var ready, var restarts, var end]
                        ? new Pod(name, ready == "true", int.Parse(restarts, CultureInfo.InvariantCulture), end)
                        : new(line.Trim(), false, 0, "")
                )
                .OrderBy(static pod => pod.Name, StringComparer.Ordinal),
        ];

    private static Task<string> AddressAsync(string workload) =>
        KubectlAsync(
            "get",
            "pods",
            "--selector",
            $"app.kubernetes.io/name={workload}",
            "--field-selector",
            "status.phase=Running",
            "--output",
            "jsonpath={.items[0].status.podIP}"
        );

    private static Task BothReadyAsync(Func<List<Pod>, bool> and) =>
        Until.TrueAsync(
            async () => await PodsAsync("api") is [{ IsReady: true }, { IsReady: true }] pods && and(pods),
            TimeSpan.FromMinutes(5),
            static () => "Two replicas weren't ready within five minutes.",
            TestContext.Current.CancellationToken
        );

    // How many requests of the client have been answered, and how many lost.
    private static async Task<(int Answered, int Lost)> ClientAsync()
    {
        var last = await KubectlAsync("logs", "deployment/client", "--container", "client", "--tail", "1");
        var numbers = last.Split(' ') is [var answered, "answered,", var lost, "lost"] ? (answered, lost) : ("0", "0");
        return (int.Parse(numbers.Item1, CultureInfo.InvariantCulture), int.Parse(numbers.Item2, CultureInfo.InvariantCulture));
    }

    // The client is answered again and again, from now on.
    private static async Task AnsweringAsync()
    {
        var (answered, _) = await ClientAsync();
        await Until.TrueAsync(
            async () => (await ClientAsync()).Answered >= answered + 20,
            TimeSpan.FromMinutes(2),
            static () => "The client wasn't answered.",
            TestContext.Current.CancellationToken
        );
    }
}
