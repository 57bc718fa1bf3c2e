using AspireDeploy.Model;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Targets.Swarm;
using AspireDeploy.Tests.Targets.Kubernetes;

namespace AspireDeploy.Tests.Deploying;

/// <summary>Files that a person has put beside the published ones: the scripts apply them, and see what they change.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class OverrideScriptTests : IDisposable
{
    private const string Published = """
        name: shop
        services:
          api:
            image: example/api:1
          cache:
            image: example/cache:1
        networks:
          api:
            name: shop_api

        """;

    private static readonly DeploymentPlan Plan = new()
    {
        Name = "shop",
        Workloads =
        [
            new()
            {
                Name = "api",
                Image = new ImageReference("example/api", "1"),
                Restart = new(RestartMode.Always),
                Scale = Scale.One,
            },
            new()
            {
                Name = "cache",
                Image = new ImageReference("example/cache", "1"),
                Restart = new(RestartMode.Always),
                Scale = Scale.One,
            },
        ],
    };

    private readonly PublishedScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Fact]
    public async Task ComposeOverride_ChangesTheServicesThatItChanges_AndAfterwardsNothing()
    {
        using var engine = new StandInCompose();
        _scripts.Publish(Plan, new ComposeTarget());
        await _scripts.SucceedAsync(engine.Variables, "./deploy.sh");
        Assert.EndsWith("s  nothing changed", await _scripts.SucceedAsync(engine.Variables, "./deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(["api", "cache"], engine.TakeStarted());

        _scripts.Write("compose.override.yaml", "services: { cache: { shm_size: 1g } }\n");
        engine.Configure(
            Published,
            Published.Replace("image: example/cache:1", "image: example/cache:1\n    shm_size: 1g", StringComparison.Ordinal)
        );
        Assert.Contains(
            "s  compose.override.yaml changes cache\n",
            await _scripts.SucceedAsync(engine.Variables, "./deploy.sh"),
            StringComparison.Ordinal
        );
        Assert.Equal(["cache"], engine.TakeStarted());
        Assert.EndsWith("s  nothing changed", await _scripts.SucceedAsync(engine.Variables, "./deploy.sh"), StringComparison.Ordinal);

        engine.Configure(
            Published,
            Published.Replace("image: example/cache:1", "image: example/cache:1\n    shm_size: 2g", StringComparison.Ordinal)
        );
        await _scripts.SucceedAsync(engine.Variables, "./deploy.sh");
        Assert.Equal(["cache"], engine.TakeStarted());

        _scripts.Delete("compose.override.yaml");
        Assert.EndsWith("s  deployed", await _scripts.SucceedAsync(engine.Variables, "./deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(["cache"], engine.TakeStarted());
    }

    [Fact]
    public async Task ComposeOverride_AServiceOfItsOwn_IsStarted_AndWhatIsPublishedStays()
    {
        using var engine = new StandInCompose();
        _scripts.Publish(Plan, new ComposeTarget());
        await _scripts.SucceedAsync(engine.Variables, "./deploy.sh");
        engine.TakeStarted();

        _scripts.Write("compose.override.yaml", "services: { admin: { image: adminer } }\n");
        engine.Configure(Published, Published.Replace("  cache:", "  admin:\n    image: adminer\n  cache:", StringComparison.Ordinal));
        var said = await _scripts.SucceedAsync(engine.Variables, "./deploy.sh");

        Assert.Contains("s  compose.override.yaml changes nothing that is published, and adds admin\n", said, StringComparison.Ordinal);
        Assert.Equal(["admin"], engine.TakeStarted());
    }

    [Fact]
    public async Task StackOverride_IsOfItsServiceAlone_AndAfterwardsNothing()
    {
        using var swarm = new StandInSwarm();
        _scripts.Publish(Plan, new SwarmTarget());
        await _scripts.SucceedAsync(swarm.Variables, "./deploy.sh");

        _scripts.Write("stack.cache.override.yaml", "services: { cache: { hostname: cache } }\n");
        var said = await _scripts.SucceedAsync(swarm.Variables, "./deploy.sh");

        Assert.Contains("s  stack.cache.override.yaml changes cache\n", said, StringComparison.Ordinal);
        Assert.Contains("s  api is up to date\n", said, StringComparison.Ordinal);
        Assert.Contains("s  cache starts\n", said, StringComparison.Ordinal);
        Assert.EndsWith("s  nothing changed", await _scripts.SucceedAsync(swarm.Variables, "./deploy.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StackOverride_OfNoService_IsRefused()
    {
        using var swarm = new StandInSwarm();
        _scripts.Publish(Plan, new SwarmTarget());
        _scripts.Write("stack.chache.override.yaml", "services: {}\n");

        Assert.Equal(
            "stack.chache.override.yaml is for no service: there is no stack.chache.yaml. Give it a service's name, or take it away.",
            (await _scripts.FailAsync(swarm.Variables, "./deploy.sh")).Failure
        );
    }

    [Fact]
    public async Task JobOverrides_ComeIntoJobGroupAndTask_InADryRunToo()
    {
        using var nomad = new StandInNomad();
        _scripts.Publish(Plan, new NomadTarget());
        _scripts.Write(
            "api.job.override.hcl",
            "priority = 70\n\nconstraint {\n  attribute = \"${attr.kernel.name}\"\n  value     = \"linux\"\n}\n"
        );
        _scripts.Write("api.group.override.hcl", "count = 2\n");
        _scripts.Write("api.task.override.hcl", "kill_timeout = \"7s\"\n\nlogs {\n  max_files = 2\n}\n");

        Assert.Contains(
            "s  api.job.override.hcl changes api\n",
            await _scripts.SucceedAsync(nomad.Variables, "./deploy.sh", "--dry-run"),
            StringComparison.Ordinal
        );
        await _scripts.SucceedAsync(nomad.Variables, "./deploy.sh");

        var published = File.ReadAllLines(Path.Combine(_scripts.Folder, "api.nomad.hcl"));
        var run = nomad.BodyOf("shop-api").TrimEnd('\n').Split('\n');
        Assert.Equal(["    count = 1", "      kill_timeout = \"30s\""], published.Except(run));
        Assert.Equal(
            [
                "kill_timeout = \"7s\"",
                "logs {",
                "  max_files = 2",
                "count = 2",
                "priority = 70",
                "constraint {",
                "  attribute = \"${attr.kernel.name}\"",
                "  value     = \"linux\"",
            ],
            run.Except(published).Where(static line => line.Length > 0)
        );
        Assert.Equal(Array.IndexOf(run, "    }", Array.IndexOf(run, "    task \"api\" {")), Array.IndexOf(run, "logs {") + 3);
        Assert.Equal(File.ReadAllText(Path.Combine(_scripts.Folder, "cache.nomad.hcl")), nomad.BodyOf("shop-cache"));
    }

    [Fact]
    public async Task JobOverride_OfNoJob_IsRefused()
    {
        using var nomad = new StandInNomad();
        _scripts.Publish(Plan, new NomadTarget());
        _scripts.Write("apis.task.override.hcl", "");

        Assert.Equal(
            "apis.task.override.hcl is for no job: there is no apis.nomad.hcl. Give it a job's name, or take it away.",
            (await _scripts.FailAsync(nomad.Variables, "./deploy.sh")).Failure
        );
    }

    [Fact]
    public async Task KustomizeComponent_IsAppliedOverWhatIsPublished_AndAfterwardsNothing()
    {
        Kubectl.Require();
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-cluster-");
        await using var cluster = await StandInCluster.StartAsync(folder.FullName);
        string[] variables = [$"KUBECONFIG={cluster.Kubeconfig}"];
        _scripts.Publish(Plan, new KubernetesTarget(new() { PodSecurity = PodSecurity.Baseline }));
        await _scripts.SucceedAsync(variables, "./deploy.sh");
        Assert.EndsWith("s  nothing changed", await _scripts.SucceedAsync(variables, "./deploy.sh"), StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(_scripts.Folder, "override"));
        _scripts.Write(
            "override/kustomization.yaml",
            """
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            resources: [account.yaml]
            patches:
              - target: { kind: Deployment, name: cache }
                patch: '[{ "op": "add", "path": "/spec/template/spec/priorityClassName", "value": "high" }]'

            """
        );
        _scripts.Write("override/account.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: extra }\n");
        Assert.Contains(
            "+      priorityClassName: high\n",
            await _scripts.SucceedAsync(variables, "./deploy.sh", "--dry-run"),
            StringComparison.Ordinal
        );
        var said = await _scripts.SucceedAsync(variables, "./deploy.sh");

        Assert.Contains("s  override/kustomization.yaml changes what was published\n", said, StringComparison.Ordinal);
        Assert.Contains("deployment.apps/cache configured\n", said, StringComparison.Ordinal);
        Assert.Contains("serviceaccount/extra created\n", said, StringComparison.Ordinal);
        Assert.EndsWith("s  nothing changed", await _scripts.SucceedAsync(variables, "./deploy.sh"), StringComparison.Ordinal);

        Assert.Contains(
            "serviceaccount \"extra\" deleted",
            await _scripts.SucceedAsync(variables, "./destroy.sh"),
            StringComparison.Ordinal
        );
        folder.Delete(recursive: true);
    }
}
