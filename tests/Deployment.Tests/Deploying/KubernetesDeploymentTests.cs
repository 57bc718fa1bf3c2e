using AspireDeploy.Tests.Targets.Kubernetes;

namespace AspireDeploy.Tests.Deploying;

/// <summary>The jobs for Kubernetes, by the real <c>kubectl</c>.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KubernetesDeploymentTests : IAsyncLifetime
{
    private DirectoryInfo _folder = null!;
    private StandInCluster _cluster = null!;
    private DeploymentRun _run = null!;

    public async ValueTask InitializeAsync()
    {
        Kubectl.Require();
        _folder = Directory.CreateTempSubdirectory("aspiredeploy-cluster-");
        _cluster = await StandInCluster.StartAsync(_folder.FullName);
        _run = new(builder => Declare(builder, "1"), $"KUBECONFIG={_cluster.Kubeconfig}");
    }

    public async ValueTask DisposeAsync()
    {
        _run?.Dispose();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Deploy_RunsTheJob_ThenWaitsForTheServices_AndTellsEachWithItsTime()
    {
        var said = await _run.RunAsync("deploy-kubernetes");

        Assert.Matches(
            @"\s+\d+s  the namespace shop of stand-in\n(.*\n)*\s+\d+s  migrator completed\n(.*\n)*\s+\d+s  kubectl --namespace shop rollout status deployment/api (.*\n)*\s+\d+s  deployed\z",
            said
        );
        Assert.Contains("deployments/api", _cluster.Objects.Names);
        Assert.Contains(_cluster.Objects.Names, static name => name.StartsWith("jobs/migrator-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_Again_ChangesNothing_AndSaysSo()
    {
        await _run.RunAsync("deploy-kubernetes");
        var changes = _cluster.Objects.Changes;

        var said = await _run.RunAsync("deploy-kubernetes");

        Assert.Equal(changes, _cluster.Objects.Changes);
        Assert.EndsWith("  nothing changed", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_WhatIsNoLongerDeclared_IsTakenAway()
    {
        await _run.RunAsync("deploy-kubernetes");

        using var without = new DeploymentRun(
            static builder =>
            {
                builder.AddContainer("other", "example/other", "1").WithRestartPolicy(RestartMode.Always);
                Target(builder);
            },
            $"KUBECONFIG={_cluster.Kubeconfig}"
        );
        await without.RunAsync("deploy-kubernetes");

        Assert.Contains("deployments/other", _cluster.Objects.Names);
        Assert.DoesNotContain("deployments/api", _cluster.Objects.Names);
    }

    [Fact]
    public async Task Deploy_AJobThatFails_EndsWithItsLastLines_AndRunsItAgainNextTime()
    {
        _cluster.Objects.Failing.Add("migrator");

        var (failure, said) = await _run.FailAsync("deploy-kubernetes");

        Assert.Equal("migrator failed. Those who wait for it don't start: the previous version goes on serving.", failure);
        Assert.Contains("  migrator | no such table: items", said, StringComparison.Ordinal);

        _cluster.Objects.Failing.Clear();
        var next = await _run.RunAsync("deploy-kubernetes");

        Assert.Contains("kubectl --namespace shop delete job/migrator-", next, StringComparison.Ordinal);
        Assert.EndsWith("deployed", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_ReplicasThatDoNotBecomeReady_EndsWithTheirLastLines_AndTheWayBack()
    {
        _cluster.Objects.Failing.Add("api");

        var (failure, said) = await _run.FailAsync("deploy-kubernetes");

        Assert.Equal(
            "api isn't ready. Replicas of the previous version go on serving; kubectl --namespace shop rollout undo deployment/api "
                + "takes the new ones away.",
            failure
        );
        Assert.Contains("exceeded its progress deadline", said, StringComparison.Ordinal);
        Assert.Contains("  api | no such table: items", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_AFieldThatTheClusterDoesNotHave_IsRefusedByIt()
    {
        await _run.RunAsync("publish-kubernetes");
        var manifest = Path.Combine(_run.Folder, "kubernetes", "api", "deployment.yaml");
        await File.WriteAllTextAsync(
            manifest,
            (await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken)).Replace(
                "  revisionHistoryLimit",
                "  revisionHistory",
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );

        var commands = new RecordedCommands($"KUBECONFIG={_cluster.Kubeconfig}");
        var code = await commands.RunAsync(
            ["sh", "./deploy.sh"],
            Path.Combine(_run.Folder, "kubernetes"),
            static (_, _) => { },
            TestContext.Current.CancellationToken
        );

        Assert.NotEqual(0, code);
        Assert.Contains("strict decoding error", commands.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_OfWhatIsNotThereYet_NamesAllOfIt_AndMakesNothing()
    {
        var said = await _run.RunAsync("dry-run-kubernetes");

        Assert.Matches(
            @"there is no namespace shop in stand-in yet; all of this would be made:\n(.*\n)*namespace/shop\n(.*\n)*deployment.apps/api\n",
            said
        );
        Assert.Equal(0, _cluster.Objects.Changes);
    }

    [Fact]
    public async Task DryRun_OfAnotherVersion_ShowsTheDifference_AndChangesNothing()
    {
        await _run.RunAsync("deploy-kubernetes");
        var changes = _cluster.Objects.Changes;

        Assert.Contains("nothing would change", await _run.RunAsync("dry-run-kubernetes"), StringComparison.Ordinal);
        using var newer = new DeploymentRun(static builder => Declare(builder, "2"), $"KUBECONFIG={_cluster.Kubeconfig}");
        var said = await newer.RunAsync("dry-run-kubernetes");

        Assert.Matches(@"\n-\s+- image: docker.io/example/api:1\n\+\s+- image: docker.io/example/api:2\n", said);
        Assert.Equal(changes, _cluster.Objects.Changes);
    }

    [Fact]
    public async Task Status_ShowsWhatRuns()
    {
        await _run.RunAsync("deploy-kubernetes");

        var said = await _run.RunAsync("status-kubernetes");

        Assert.Matches(@"deployment.*/api", said);
        Assert.Contains("api-0", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OfWhatWasNotPublished_SaysSo()
    {
        var (failure, _) = await _run.FailAsync("status-kubernetes");

        Assert.StartsWith($"There is no status.sh in {Path.Combine(_run.Folder, "kubernetes")}", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destroy_TakesAllButDataAndNamespace_AndThoseWhereItIsSaid()
    {
        await _run.RunAsync("deploy-kubernetes");

        await _run.RunAsync("destroy-kubernetes");

        Assert.Equal(["namespaces/shop"], _cluster.Objects.Names.Where(static name => !name.StartsWith("pods/", StringComparison.Ordinal)));

        await _run.RunAsync("destroy-kubernetes", "--Deployment:DeleteData", "true");

        Assert.Empty(_cluster.Objects.Names);
    }

    [Theory]
    [InlineData("deploy-kubernetes")]
    [InlineData("dry-run-kubernetes")]
    public async Task WithoutAContext_IsRefused(string job)
    {
        using var run = new DeploymentRun(static builder => Declare(builder, "1"), $"KUBECONFIG={_folder.FullName}/none");

        Assert.Equal(
            "kubectl has no current context: choose a cluster (kubectl config use-context NAME).",
            (await run.FailAsync(job)).Failure
        );
    }

    private static void Declare(IDistributedApplicationBuilder builder, string version)
    {
        var migrator = builder.AddContainer("migrator", "example/migrator", "1");
        builder
            .AddContainer("api", "example/api", version)
            .WithHttpEndpoint(targetPort: 8080)
            .WithRestartPolicy(RestartMode.Always)
            .WaitForCompletion(migrator);
        Target(builder);
    }

    private static void Target(IDistributedApplicationBuilder builder) =>
        builder.AddKubernetesTarget("kubernetes").WithPodSecurity(PodSecurity.Baseline);
}
