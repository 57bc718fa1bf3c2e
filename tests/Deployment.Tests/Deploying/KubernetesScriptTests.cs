using AspireDeploy.Plan;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Tests.Targets.Kubernetes;

namespace AspireDeploy.Tests.Deploying;

/// <summary>The scripts for a cluster of somebody else's: rights, quotas, pods that are slow to stop. By the real <c>kubectl</c>.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KubernetesScriptTests : IAsyncLifetime
{
    private readonly PublishedScripts _scripts = new();
    private DirectoryInfo _folder = null!;
    private StandInCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        Kubectl.Require();
        _folder = Directory.CreateTempSubdirectory("aspiredeploy-cluster-");
        _cluster = await StandInCluster.StartAsync(_folder.FullName);
        _scripts.Publish(
            new()
            {
                Name = "shop",
                Workloads =
                [
                    new() { Name = "api", Image = new ImageReference("example/api", "1"), Restart = RestartPolicy.Always, Ports = [new("http", 8080, "http")], Dependencies = [new("migrator", DependencyCondition.Completed)] },
                    new() { Name = "migrator", Kind = WorkloadKind.Step, Image = new ImageReference("example/migrator", "1"), Restart = new(RestartMode.Never) },
                ],
            },
            new KubernetesTarget(new() { PodSecurity = PodSecurity.Baseline }));
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        _scripts.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Destroy_APodThatIsSlowToStop_IsWaitedFor()
    {
        _cluster.Objects.Slow.Add("api");
        await SucceedAsync("./deploy.sh");

        var said = await SucceedAsync("./destroy.sh");

        Assert.Contains("waits for pod/api-0 to stop\n", said + "\n", StringComparison.Ordinal);
        Assert.DoesNotContain(_cluster.Objects.Names, static name => name.StartsWith("pods/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_IntoANamespaceThatMayNotBeChanged_LeavesItAsItIs_AndSaysItsStandard()
    {
        await SucceedAsync("./deploy.sh");
        await SucceedAsync("./destroy.sh");
        _cluster.Objects.Forbidden.UnionWith(["create namespaces", "patch namespaces", "delete namespaces"]);

        var said = await SucceedAsync("./deploy.sh");

        Assert.Contains("s  the namespace shop is left as it is, since you may not change it: it enforces the Pod Security Standard baseline, and this is made for baseline\n", said, StringComparison.Ordinal);
        Assert.EndsWith("s  deployed", said, StringComparison.Ordinal);
        Assert.EndsWith("s  nothing changed", await SucceedAsync("./deploy.sh"), StringComparison.Ordinal);

        await SucceedAsync("./destroy.sh", "--volumes");
        Assert.Equal(["namespaces/shop"], _cluster.Objects.Names);
    }

    [Fact]
    public async Task Deploy_WithoutANamespaceThatMayBeMade_IsRefused()
    {
        _cluster.Objects.Forbidden.Add("create namespaces");

        Assert.Equal("There is no namespace shop in stand-in, and you may not make it: have it made (kubectl create namespace shop), or publish for one that there is: .WithNamespace(\"NAME\").",
            (await _scripts.FailAsync(Variables, "./deploy.sh")).Failure);
    }

    [Fact]
    public async Task Deploy_WithoutARight_IsRefusedByItsName_BeforeAnythingIsMade()
    {
        _cluster.Objects.Forbidden.UnionWith(["create deployments", "delete jobs"]);

        Assert.Equal("You may not do this in the namespace shop of stand-in: create deployments.apps, delete jobs.batch. Have somebody give you a Role with it; the page about Kubernetes has one.",
            (await _scripts.FailAsync(Variables, "./deploy.sh")).Failure);
        Assert.Equal(0, _cluster.Objects.Changes);
    }

    [Fact]
    public async Task Deploy_WhereNoPodIsMade_EndsEarlyWithTheReason()
    {
        _cluster.Objects.Refused["api"] = "pods \"api-7d9f-x\" is forbidden: failed quota: limits: must specify limits.memory for: api";

        var (failure, said) = await _scripts.FailAsync(Variables, "./deploy.sh");

        const string Reason = "ReplicaSet/api-7d9f FailedCreate: pods \"api-7d9f-x\" is forbidden: failed quota: limits: must specify limits.memory for: api";
        Assert.Equal($"api isn't ready ({Reason}). Replicas of the previous version go on serving; kubectl --namespace shop rollout undo deployment/api takes the new ones away.", failure);
        Assert.Contains($"s  api: {Reason}\n", said, StringComparison.Ordinal);
    }

    private string[] Variables => [$"KUBECONFIG={_cluster.Kubeconfig}"];

    private Task<string> SucceedAsync(params string[] command) => _scripts.SucceedAsync(Variables, command);
}
