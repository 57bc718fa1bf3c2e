using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireDeploy.Model;
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
                    new()
                    {
                        Name = "api",
                        Image = new ImageReference("example/api", "1"),
                        Restart = RestartPolicy.Always,
                        Ports = [new("http", 8080, "http")],
                        Dependencies = [new("migrator", DependencyCondition.Completed)],
                    },
                    new()
                    {
                        Name = "migrator",
                        Kind = WorkloadKind.Job,
                        Image = new ImageReference("example/migrator", "1"),
                        Restart = new(RestartMode.Never),
                    },
                ],
            },
            new KubernetesTarget(new() { PodSecurity = PodSecurity.Baseline })
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
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

        Assert.Contains(
            "s  the namespace shop is left as it is, since you may not change it: it enforces the Pod Security Standard baseline, "
                + "and this is made for baseline\n",
            said,
            StringComparison.Ordinal
        );
        Assert.EndsWith("s  deployed", said, StringComparison.Ordinal);
        Assert.EndsWith("s  nothing changed", await SucceedAsync("./deploy.sh"), StringComparison.Ordinal);

        await SucceedAsync("./destroy.sh", "--volumes");
        Assert.Equal(["namespaces/shop"], _cluster.Objects.Names);
    }

    [Fact]
    public async Task Destroy_OfANamespaceThatDeployHasMade_DeletesIt()
    {
        var deployed = await SucceedAsync("./deploy.sh");
        Assert.Contains("s  the namespace shop of stand-in\n", deployed, StringComparison.Ordinal);

        var said = await SucceedAsync("./destroy.sh", "--volumes");

        Assert.StartsWith(
            "the namespace shop of stand-in\n+ kubectl delete namespace shop --ignore-not-found\n",
            said,
            StringComparison.Ordinal
        );
        Assert.Empty(_cluster.Objects.Names);
        Assert.Equal(
            "the namespace shop of stand-in\nThere is no such namespace: nothing is to be taken away.",
            await SucceedAsync("./destroy.sh", "--volumes")
        );
    }

    [Fact]
    public async Task Deploy_IntoANamespaceOfSomebodyElse_LeavesItsLabels_AndDestroyLeavesIt()
    {
        await KubectlAsync(Namespace("shop", "team: a", "pod-security.kubernetes.io/enforce: privileged"));
        await KubectlAsync(Claim("theirs", "shop", "app.kubernetes.io/part-of: other"));

        var said = await SucceedAsync("./deploy.sh");

        Assert.Contains(
            "s  the namespace shop is left as it is, since this deployment hasn't made it: it enforces the Pod Security Standard "
                + "privileged, and this is made for baseline\n",
            said,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "{\"pod-security.kubernetes.io/enforce\":\"privileged\",\"team\":\"a\"}",
            await KubectlAsync("", "get", "namespace", "shop", "--output", "jsonpath={.metadata.labels}")
        );
        Assert.Contains("deployments/api", _cluster.Objects.Names);
        await KubectlAsync(Claim("ours", "shop", "app.kubernetes.io/part-of: shop"));

        said = await SucceedAsync("./destroy.sh", "--volumes");

        Assert.Contains(
            "The namespace shop stays, as this deployment hasn't made it. What is labelled app.kubernetes.io/part-of=shop is taken "
                + "out of it.\n",
            said,
            StringComparison.Ordinal
        );
        Assert.Equal(["namespaces/shop", "persistentvolumeclaims/theirs"], _cluster.Objects.Names);
    }

    [Theory]
    [InlineData("PersistentVolumeClaim")]
    [InlineData("Secret")]
    [InlineData("ConfigMap")]
    [InlineData("ServiceAccount")]
    public async Task Destroy_OfANamespaceThatAnotherUsesToo_LeavesItAndTheirs(string kind)
    {
        await SucceedAsync("./deploy.sh");
        // What the cluster makes in every namespace is nobody's.
        await KubectlAsync("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: kube-root-ca.crt, namespace: shop }\n");
        await KubectlAsync("apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: shop }\n");
        await KubectlAsync(
            kind == "PersistentVolumeClaim"
                ? Claim("theirs", "shop", "team: a")
                : $"apiVersion: v1\nkind: {kind}\nmetadata: {{ name: theirs, namespace: shop }}\n"
        );

        var said = await SucceedAsync("./destroy.sh", "--volumes");

        Assert.Contains(
            $"The namespace shop stays, as somebody else's is in it: {kind}/theirs. What is labelled app.kubernetes.io/part-of=shop "
                + "is taken out of it.\n",
            said,
            StringComparison.Ordinal
        );
        Assert.Equal(
            new[]
            {
                "configmaps/kube-root-ca.crt",
                "namespaces/shop",
                "serviceaccounts/default",
                $"{kind.ToLowerInvariant()}s/theirs",
            }.Order(StringComparer.Ordinal),
            _cluster.Objects.Names.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Scripts_WhereAnotherContextIsChosenMeanwhile_StayWithTheFirst()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_cluster.Kubeconfig)!, "bin"));
        var program = Path.Combine(folder.FullName, "kubectl");
        await File.WriteAllTextAsync(
            program,
            "#!/bin/sh\nPATH=${PATH#*:}\nkubectl \"$@\"\ncode=$?\nkubectl config use-context elsewhere >/dev/null\nexit $code\n",
            TestContext.Current.CancellationToken
        );
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string[] variables = [.. Variables, $"PATH={folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}"];

        var said = await _scripts.SucceedAsync(variables, "./deploy.sh");

        Assert.Contains("s  the namespace shop of stand-in\n", said, StringComparison.Ordinal);
        Assert.Contains("deployments/api", _cluster.Objects.Names);
        await KubectlAsync("", "config", "use-context", "stand-in");
        await _scripts.SucceedAsync(variables, "./destroy.sh", "--volumes");
        Assert.Empty(_cluster.Objects.Names);
        Assert.Equal("elsewhere\n", await KubectlAsync("", "config", "current-context"));
    }

    [Fact]
    public async Task Deploy_WithAViewerOfDifferences_AppliesWhatDiffers()
    {
        await SucceedAsync("./deploy.sh");
        await KubectlAsync("", "--namespace", "shop", "delete", "deployment", "api");

        await _scripts.SucceedAsync([.. Variables, "KUBECTL_EXTERNAL_DIFF=true"], "./deploy.sh");

        Assert.Contains("deployments/api", _cluster.Objects.Names);
    }

    [Theory]
    [InlineData("app.kubernetes.io/part-of: shop", "app.kubernetes.io/managed-by: aspiredeploy", true)]
    [InlineData("app.kubernetes.io/part-of: other", "app.kubernetes.io/managed-by: aspiredeploy", false)]
    [InlineData("app.kubernetes.io/part-of: shop", "app.kubernetes.io/managed-by: helm", false)]
    public async Task Destroy_AfterADeploymentByAnEarlierVersion_GoesByTheNamespacesLabels(string partOf, string managedBy, bool isOurs)
    {
        await KubectlAsync(Namespace("shop", partOf, managedBy));

        await SucceedAsync("./destroy.sh", "--volumes");

        Assert.Equal(isOurs ? [] : ["namespaces/shop"], _cluster.Objects.Names);
    }

    [Fact]
    public async Task Deploy_AnotherStandardForItsOwnNamespace_IsSet()
    {
        await SucceedAsync("./deploy.sh");
        _scripts.Change("namespace.yaml", "enforce: baseline", "enforce: restricted");

        var said = await SucceedAsync("./deploy.sh");

        Assert.Contains("s  kubectl apply --filename namespace.yaml\n", said, StringComparison.Ordinal);
        Assert.EndsWith("s  deployed", said, StringComparison.Ordinal);
        Assert.Equal(
            "restricted",
            await KubectlAsync(
                "",
                "get",
                "namespace",
                "shop",
                "--output",
                @"jsonpath={.metadata.labels.pod-security\.kubernetes\.io/enforce}"
            )
        );
        Assert.EndsWith("s  nothing changed", await SucceedAsync("./deploy.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeployAndDestroy_WhileADeploymentRuns_AreRefused()
    {
        await SucceedAsync("./deploy.sh");
        using var running = _scripts.Hold("deploy.sh");

        foreach (var script in (string[])["./deploy.sh", "./destroy.sh"])
            Assert.Equal(
                $"deploy.sh runs in this folder already (process {running.Id}): wait until it has ended. If it has, remove "
                    + $"{_scripts.Folder}/.deploying.",
                (await _scripts.FailAsync(Variables, script)).Failure
            );
    }

    [Fact]
    public async Task Deploy_WithoutANamespaceThatMayBeMade_IsRefused()
    {
        _cluster.Objects.Forbidden.Add("create namespaces");

        Assert.Equal(
            "There is no namespace shop in stand-in, and you may not make it: have it made (kubectl create namespace shop), or "
                + "publish for one that there is: .WithNamespace(\"NAME\").",
            (await _scripts.FailAsync(Variables, "./deploy.sh")).Failure
        );
    }

    [Fact]
    public async Task Deploy_WithoutARight_IsRefusedByItsName_BeforeAnythingIsMade()
    {
        _cluster.Objects.Forbidden.UnionWith(["create deployments", "delete jobs"]);

        Assert.Equal(
            "You may not do this in the namespace shop of stand-in: create deployments.apps, delete jobs.batch. Have somebody give "
                + "you a Role with it; the page about Kubernetes has one.",
            (await _scripts.FailAsync(Variables, "./deploy.sh")).Failure
        );
        Assert.Equal(0, _cluster.Objects.Changes);
    }

    [Fact]
    public async Task Deploy_WhereNoPodIsMade_EndsEarlyWithTheReason()
    {
        _cluster.Objects.Refused["api"] = "pods \"api-7d9f-x\" is forbidden: failed quota: limits: must specify limits.memory for: api";

        var (failure, said) = await _scripts.FailAsync(Variables, "./deploy.sh");

        const string Reason =
            "ReplicaSet/api-7d9f FailedCreate: pods \"api-7d9f-x\" is forbidden: failed quota: limits: must specify limits.memory for: api";
        Assert.Equal(
            $"api isn't ready ({Reason}). Give what declares none requests and limits: .WithDefaultResources(\"512Mi\", \"128Mi\", "
                + "cpu: 0.5m) on the target. Replicas of the previous version go on serving; kubectl --namespace shop rollout undo "
                + "deployment/api takes the new ones away.",
            failure
        );
        Assert.Contains($"s  api: {Reason}\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "ReplicaSet",
        "api-7d9f",
        "FailedCreate: pods \"api-7d9f-x\" is forbidden: exceeded quota: compute, requested: limits.memory=512Mi, used: "
            + "limits.memory=1Gi, limited: limits.memory=1Gi",
        "Have the quota raised (kubectl --namespace shop describe quota), or ask for less: .WithMemory(LIMIT, REQUEST)."
    )]
    [InlineData(
        "Pod",
        "api-7d9f-x",
        "FailedScheduling: 0/3 nodes are available: 3 Insufficient memory.",
        "Nodes have no room or no match for it: kubectl describe nodes says what is free."
    )]
    [InlineData(
        "PersistentVolumeClaim",
        "uploads-api-0",
        "ProvisioningFailed: storageclass.storage.k8s.io \"fast\" not found",
        "Its claim has no volume: kubectl get storageclass says which there are, .WithStorageClass(NAME) chooses one."
    )]
    [InlineData("Pod", "api-7d9f-x", "Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503", "")]
    [InlineData(
        "Pod",
        "api-7d9f-x",
        "Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 404",
        "If it asks for /health or /alive: Aspire's template maps them in Development only, so map them in every environment, in "
            + "MapDefaultEndpoints of ServiceDefaults."
    )]
    public async Task Deploy_WhereTheClusterWarns_SaysSoAtOnce_AndEndsWithIt(string kind, string name, string reason, string remedy)
    {
        _cluster.Objects.Warned["api"] = (kind, name, reason);
        _scripts.Change("deploy.sh", "--timeout \"$3s\" &", "--timeout 8s &");

        var (failure, said) = await _scripts.FailAsync(Variables, "./deploy.sh");

        Assert.Matches($@"s  api: {Regex.Escape($"{kind}/{name} {reason}")}\n", said);
        Assert.Equal(
            $"api isn't ready ({kind}/{name} {reason}). {(remedy.Length > 0 ? remedy + " " : "")}Replicas of the previous version "
                + "go on serving; kubectl --namespace shop rollout undo deployment/api takes the new ones away.",
            failure
        );
    }

    [Fact]
    public async Task Deploy_AnImageThatIsNowhere_EndsEarlyWithTheReason()
    {
        _cluster.Objects.Waiting["api"] = (
            "ErrImagePull",
            "rpc error: code = NotFound desc = failed to pull and unpack image \"docker.io/example/api:1\": not found"
        );

        var (failure, _) = await _scripts.FailAsync(Variables, "./deploy.sh");

        Assert.StartsWith(
            "api isn't ready (ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "
                + "\"docker.io/example/api:1\": not found). Push the image to where nodes pull it from",
            failure,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Check_WhatTheTargetNamesAndTheClusterHasNot_IsNamedWithTheWayOut()
    {
        _scripts.Publish(
            new()
            {
                Name = "shop",
                Volumes = [new("uploads")],
                Workloads =
                [
                    new()
                    {
                        Name = "api",
                        Image = new ImageReference("example/api", "1"),
                        Restart = RestartPolicy.Always,
                        Ports = [new("http", 8080, "http")],
                        Mounts = [new("uploads", "/uploads")],
                        Update = UpdateOrder.StopFirst,
                    },
                ],
                Gateway = new()
                {
                    Name = "gateway",
                    Host = "shop.example.com",
                    Routes = [new("/", "api", "http")],
                    Certificate = CertificateMode.None,
                },
            },
            new KubernetesTarget(
                new()
                {
                    PodSecurity = PodSecurity.Baseline,
                    StorageClass = "fast",
                    PullSecret = "registry",
                    Ingress = new() { Class = "haproxy" },
                }
            )
        );

        await RefusedAsync(
            "There is no IngressClass haproxy in stand-in: install its controller, or name a class that there is (kubectl get "
                + "ingressclass): .WithIngress(\"CLASS\")."
        );
        _cluster.Objects.Keep("ingressclasses", "haproxy");
        await RefusedAsync(
            "There is no StorageClass fast in stand-in: have it made, or name one that there is (kubectl get storageclass): "
                + ".WithStorageClass(\"NAME\")."
        );
        _cluster.Objects.Keep("storageclasses", "fast");
        await RefusedAsync(
            "There is no Secret registry in the namespace shop in stand-in: make it (kubectl --namespace shop create secret)."
        );
        Assert.Equal(0, _cluster.Objects.Changes);

        async Task RefusedAsync(string expected) =>
            Assert.Equal(expected, (await _scripts.FailAsync(Variables, "./deploy.sh", "--check")).Failure);
    }

    [Fact]
    public async Task Check_NodesThatAreShortOfDisk_AreNamed()
    {
        foreach (var (name, pressed) in ((string, string)[])[("east", "False"), ("north", "True"), ("west", "True")])
            _cluster.Objects.Keep(
                "nodes",
                name,
                new() { ["conditions"] = new JsonArray(Condition("Ready", "True"), Condition("DiskPressure", pressed)) }
            );

        Assert.EndsWith(
            "s  nodes that are short of disk, where no pod is placed: north west",
            await _scripts.SucceedAsync(Variables, "./deploy.sh", "--check"),
            StringComparison.Ordinal
        );
        Assert.Equal(0, _cluster.Objects.Changes);

        static JsonObject Condition(string type, string status) => new() { ["type"] = type, ["status"] = status };
    }

    private static string Namespace(string name, params string[] labels) =>
        $"apiVersion: v1\nkind: Namespace\nmetadata: {{ name: {name}, labels: {{ {string.Join(", ", labels)} }} }}\n";

    private static string Claim(string name, string space, string label) =>
        $"apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{ name: {name}, namespace: {space}, labels: {{ {label} }} "
        + "}\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n";

    // Makes an object, or with a command of its own does that.
    private async Task<string> KubectlAsync(string yaml, params string[] command)
    {
        var start = new ProcessStartInfo("kubectl", command is [] ? ["create", "--filename", "-"] : command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = _cluster.Kubeconfig;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(yaml);
        process.StandardInput.Close();
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }

    private string[] Variables => [$"KUBECONFIG={_cluster.Kubeconfig}"];

    private Task<string> SucceedAsync(params string[] command) => _scripts.SucceedAsync(Variables, command);
}
