using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Tests.Cases;
using k8s.Models;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>Each concept, in the objects that the cluster reads.</summary>
public class KubernetesConceptTests
{
    [Fact]
    public void Https_IsAnIngressWithACertificateOfTheIssuer()
    {
        var ingress = Objects("solution").Only<V1Ingress>();

        Assert.Equal("haproxy", ingress.Spec.IngressClassName);
        Assert.Equal("letsencrypt", ingress.Metadata.Annotations["cert-manager.io/cluster-issuer"]);
        Assert.Equal("true", ingress.Metadata.Annotations["haproxy.org/ssl-redirect"]);
        var tls = Assert.Single(ingress.Spec.Tls);
        Assert.Equal(("shop.example.com", "gateway-certificate"), (Assert.Single(tls.Hosts), tls.SecretName));
    }

    [Fact]
    public void Routing_ByAControllerThatWouldAskALostReplicaAgainAndAgain_AsksAnother()
    {
        var snippet = Objects("solution").Only<V1Ingress>().Metadata.Annotations["haproxy.org/backend-config-snippet"].Split('\n');

        // What may have been carried out isn't sent a second time.
        Assert.Equal(
            [
                "option redispatch 1",
                "retry-on conn-failure empty-response",
                "http-request disable-l7-retry unless { method GET HEAD OPTIONS }",
            ],
            snippet
        );
    }

    [Fact]
    public void Routing_ByNginx_LeavesSizesToTheServices_AndThemSilentAsElsewhere()
    {
        var ingresses = Objects("https").All.OfType<V1Ingress>().ToList();

        Assert.Equal(2, ingresses.Count);
        foreach (var ingress in ingresses)
        {
            Assert.Equal("0", ingress.Metadata.Annotations["nginx.ingress.kubernetes.io/proxy-body-size"]);
            Assert.Equal("100", ingress.Metadata.Annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"]);
            Assert.Equal("100", ingress.Metadata.Annotations["nginx.ingress.kubernetes.io/proxy-send-timeout"]);
        }
    }

    [Fact]
    public void Https_LetsTheAuthorityReachThePodThatProvesTheHost()
    {
        var policy = Objects("solution").Get<V1NetworkPolicy>("gateway.challenge");

        Assert.Equal("true", policy.Spec.PodSelector.MatchLabels["acme.cert-manager.io/http01-solver"]);
        Assert.Equal("8089", Assert.Single(Assert.Single(policy.Spec.Ingress).Ports).Port.Value);
    }

    [Fact]
    public void Routing_LeadsEachPathToItsService()
    {
        var rule = Assert.Single(Objects("solution").Only<V1Ingress>().Spec.Rules);

        Assert.Equal("shop.example.com", rule.Host);
        var path = Assert.Single(rule.Http.Paths);
        Assert.Equal(("/", "Prefix", "api", 8080), (path.Path, path.PathType, path.Backend.Service.Name, path.Backend.Service.Port.Number));
    }

    [Fact]
    public void Routing_AStrippedPrefix_HasAnIngressWhoseAnnotationTakesItOff()
    {
        var ingress = Objects("https").Get<V1Ingress>("gateway-1");

        Assert.Equal("/$2", ingress.Metadata.Annotations["nginx.ingress.kubernetes.io/rewrite-target"]);
        Assert.Equal("/api(/|$)(.*)", Assert.Single(Assert.Single(ingress.Spec.Rules).Http.Paths).Path);
    }

    [Fact]
    public void Probes_AreAskedAsDeclared()
    {
        var container = ContainerOf(Objects("replicas").Get<V1Deployment>("api"));

        Assert.Equal(
            ("/health", "8080", "HTTP", 2, 30),
            (
                container.StartupProbe.HttpGet.Path,
                container.StartupProbe.HttpGet.Port.Value,
                container.StartupProbe.HttpGet.Scheme,
                container.StartupProbe.PeriodSeconds,
                container.StartupProbe.FailureThreshold
            )
        );
        Assert.Equal(
            ("/health", 5, 2, 2),
            (
                container.ReadinessProbe.HttpGet.Path,
                container.ReadinessProbe.PeriodSeconds,
                container.ReadinessProbe.TimeoutSeconds,
                container.ReadinessProbe.FailureThreshold
            )
        );
        Assert.Equal(
            ("/alive", 1, 10, 3),
            (
                container.LivenessProbe.HttpGet.Path,
                container.LivenessProbe.InitialDelaySeconds,
                container.LivenessProbe.PeriodSeconds,
                container.LivenessProbe.FailureThreshold
            )
        );
    }

    [Fact]
    public void Probe_ByACommandWithDollars_IsAskedAsDeclared()
    {
        var plan = Plan(Service() with { Probes = new() { Readiness = new(new ExecProbe(["sh", "-c", "echo $$ $(HOME)"])) } });

        var command = ContainerOf(KubernetesObjects.Of(plan, new KubernetesTarget()).Get<V1Deployment>("api")).ReadinessProbe.Exec.Command;

        // The kubelet makes one of two, and would fill in what one begins. (kubernetes/kubernetes, pkg/kubelet/prober/prober.go)
        Assert.Equal(["sh", "-c", "echo $$$$ $$(HOME)"], command);
    }

    [Fact]
    public void Liveness_WithoutAStartupProbe_WaitsForTheWholeStart()
    {
        var plan = Plan(
            Service() with
            {
                Probes = new() { Liveness = new(new HttpProbe("http", "/alive")) },
                StartTimeout = TimeSpan.FromMinutes(2),
            }
        );

        var startup = ContainerOf(KubernetesObjects.Of(plan, new KubernetesTarget()).Get<V1Deployment>("api")).StartupProbe;

        Assert.Equal(("/alive", 120), (startup.HttpGet.Path, startup.PeriodSeconds * startup.FailureThreshold));
    }

    [Fact]
    public void Replicas_AreReplacedOneByOne_SpreadAndKept()
    {
        var objects = Objects("solution");
        var deployment = objects.Get<V1Deployment>("api");

        Assert.Equal(3, deployment.Spec.Replicas);
        Assert.Equal(
            ("1", "0"),
            (deployment.Spec.Strategy.RollingUpdate.MaxSurge.Value, deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value)
        );
        Assert.Equal(
            ["kubernetes.io/hostname", "topology.kubernetes.io/zone"],
            deployment.Spec.Template.Spec.TopologySpreadConstraints.Select(static each => each.TopologyKey)
        );
        Assert.Equal("1", objects.Get<V1PodDisruptionBudget>("api").Spec.MaxUnavailable.Value);
    }

    [Fact]
    public void Autoscale_LeavesTheNumberToTheAutoscaler()
    {
        var objects = Objects("autoscale");
        var scaler = objects.Only<V2HorizontalPodAutoscaler>();

        Assert.Null(objects.Get<V1Deployment>("api").Spec.Replicas);
        Assert.Equal(
            (2, 10, 70),
            (scaler.Spec.MinReplicas, scaler.Spec.MaxReplicas, Assert.Single(scaler.Spec.Metrics).Resource.Target.AverageUtilization)
        );
        Assert.Equal("api", scaler.Spec.ScaleTargetRef.Name);
    }

    [Fact]
    public void Memory_IsRequestAndLimit()
    {
        var resources = ContainerOf(Objects("replicas").Get<V1Deployment>("api")).Resources;

        Assert.Equal(
            ("128Mi", "256Mi", "250m", "500m"),
            (
                resources.Requests["memory"].ToString(),
                resources.Limits["memory"].ToString(),
                resources.Requests["cpu"].ToString(),
                resources.Limits["cpu"].ToString()
            )
        );
    }

    [Fact]
    public void Job_IsAJobThatEndsWithItsPolicy()
    {
        var jobs = Objects("restart").All.OfType<V1Job>().ToDictionary(static job => job.Metadata.Name.Split('-')[0]);

        Assert.Equal(
            (int.MaxValue, 0, 5),
            (jobs["failing"].Spec.BackoffLimit, jobs["never"].Spec.BackoffLimit, jobs["tries"].Spec.BackoffLimit)
        );
        Assert.Equal((60, 90), (jobs["failing"].Spec.ActiveDeadlineSeconds, jobs["never"].Spec.ActiveDeadlineSeconds));
        Assert.All(jobs.Values, static job => Assert.Equal("Never", job.Spec.Template.Spec.RestartPolicy));
    }

    [Fact]
    public void Job_IsWaitedForByNameAndMayBeReadByName()
    {
        var objects = Objects("solution");
        var job = objects.Only<V1Job>().Metadata.Name;
        var waits = objects.Get<V1Deployment>("api").Spec.Template.Spec.InitContainers;

        Assert.Contains(waits, wait => wait.Args.Contains($"job/{job}") && wait.Args.Contains("--for=condition=Complete"));
        Assert.Contains(objects.Get<V1Role>("api").Rules, rule =>
            rule.Resources.Contains("jobs") && rule.ResourceNames.SequenceEqual([job])
        );
        var subject = Assert.Single(objects.Get<V1RoleBinding>("api").Subjects);
        Assert.Equal(("api", "shop"), (subject.Name, subject.NamespaceProperty));
        Assert.Equal("api", objects.Get<V1Deployment>("api").Spec.Template.Spec.ServiceAccountName);
    }

    [Fact]
    public void Job_WhoseWaitEndsTooSoon_HasUsedNoAttempt()
    {
        var job = Objects("solution").Only<V1Job>();

        var rule = Assert.Single(job.Spec.PodFailurePolicy.Rules);
        Assert.Equal(
            ("Ignore", "wait-for-postgres", "NotIn", 0),
            (rule.Action, rule.OnExitCodes.ContainerName, rule.OnExitCodes.OperatorProperty, Assert.Single(rule.OnExitCodes.Values))
        );
        Assert.Contains(job.Spec.Template.Spec.InitContainers, wait => wait.Name == rule.OnExitCodes.ContainerName);
    }

    [Fact]
    public void Job_ThatChanges_IsAnotherJob_AndNothingElseMakesItOne()
    {
        var plan = TargetCase.PlanOf(KubernetesCases.Folder, "solution");
        var migrator = plan.WorkloadNamed("migrator");
        string Job(DeploymentPlan of) => KubernetesObjects.Of(of, KubernetesCases.TargetOf("solution")).Only<V1Job>().Metadata.Name;
        DeploymentPlan With(Workload changed) =>
            plan with
            {
                Workloads = plan.Workloads.Select(each => each.Name == changed.Name ? changed : each).ToEquatableArray(),
            };

        Assert.NotEqual(
            Job(plan),
            Job(With(migrator with { Image = new ProjectImage("../Migrator/Migrator.csproj", "shop-migrator", "1.0.1", "Migrator.dll") }))
        );
        Assert.NotEqual(Job(plan), Job(With(migrator with { Files = [new("/seed.sql", "select 1")] })));
        Assert.Equal(
            Job(With(migrator with { Files = [new("/seed.sql", "select 1")] })),
            Job(With(migrator with { Files = [new("/seed.sql", "select 1")] }))
        );
        Assert.Equal(Job(plan), Job(plan with { Version = "1.0.1" }));
    }

    [Fact]
    public void Waits_ForAServiceWithData_WatchItsStatefulSet()
    {
        var wait = Assert.Single(Objects("solution").Only<V1Job>().Spec.Template.Spec.InitContainers);

        Assert.Equal(["wait", "--for=jsonpath={.status.availableReplicas}=1", "statefulset/postgres"], wait.Args.Take(3));
    }

    [Fact]
    public void Data_IsAClaimThatOutlivesItsSet()
    {
        var set = Objects("solution").Only<V1StatefulSet>();

        Assert.Equal("Retain", set.Spec.PersistentVolumeClaimRetentionPolicy.WhenDeleted);
        var claim = Assert.Single(set.Spec.VolumeClaimTemplates);
        Assert.Equal(
            ("shop-postgres-data", "ReadWriteOnce", "1Gi"),
            (claim.Metadata.Name, Assert.Single(claim.Spec.AccessModes), claim.Spec.Resources.Requests["storage"].ToString())
        );
        Assert.Contains(Assert.Single(set.Spec.Template.Spec.Containers).VolumeMounts, static mount =>
            mount is { Name: "shop-postgres-data", MountPath: "/var/lib/postgresql" }
        );
        Assert.Equal("None", Objects("solution").Get<V1Service>("postgres").Spec.ClusterIP);
    }

    [Fact]
    public void Secrets_AreFilesThatTheProcessCanReadAndNobodyElse()
    {
        var pod = Objects("solution").Get<V1Deployment>("api").Spec.Template.Spec;
        var volume = Assert.Single(pod.Volumes, static each => each.Secret is not null);

        Assert.Equal(("api-secrets", 288), (volume.Secret.SecretName, volume.Secret.DefaultMode));
        Assert.Equal(1654, pod.SecurityContext.FsGroup);
        Assert.Equal(["ConnectionStrings__cache", "ConnectionStrings__catalog"], volume.Secret.Items.Select(static item => item.Path));
        Assert.Contains(Assert.Single(pod.Containers).VolumeMounts, mount =>
            mount.Name == volume.Name && mount is { MountPath: "/run/secrets", ReadOnlyProperty: true }
        );
        Assert.DoesNotContain(Assert.Single(pod.Containers).Env, static variable =>
            variable.Name.StartsWith("ConnectionStrings", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Environment_NamesWithColons_AreAsDeclared_AndKeysOfTheSecretAreOthers()
    {
        var plan = Plan(
            Service() with
            {
                Environment =
                [
                    new("Logging:LogLevel:Default", "Debug"),
                    new("1:a", "c"),
                    new("Payment:Key", [new SecretReference("payment-key")]),
                    new("Shop:Key", [new SecretReference("payment-key")], new FileNamedAsSetting()),
                ],
            }
        ) with
        {
            Secrets = [new("payment-key")],
        };

        var files = Publication.Create(plan, new KubernetesTarget(), []).Files;
        var pod = KubernetesObjects.Of(files).Get<V1Deployment>("api").Spec.Template.Spec;

        var environment = Assert.Single(pod.Containers).Env;
        Assert.Equal(["1:a", "Logging:LogLevel:Default", "Payment:Key"], environment.Select(static variable => variable.Name));
        Assert.Equal("Debug", environment[1].Value);
        var key = environment[2].ValueFrom.SecretKeyRef.Key;
        Assert.Matches("^Payment-Key-[0-9a-f]{8}$", key);
        var item = Assert.Single(Assert.Single(pod.Volumes, static volume => volume.Secret is not null).Secret.Items);
        Assert.Matches("^Shop-Key-[0-9a-f]{8}$", item.Key);
        Assert.Equal("Shop:Key", item.Path);
        var kustomization = files.Single(static file => file.Path == "kustomization.yaml").Content;
        foreach (var each in (string[])[key, item.Key])
            Assert.Contains($"{each}=secrets/mounted/api/{each}", kustomization, StringComparison.Ordinal);
    }

    [Fact]
    public void Network_AllowsWhatReferencesSay()
    {
        var objects = Objects("network");
        string[] From(string workload) =>
            [
                .. (objects.Get<V1NetworkPolicy>(workload).Spec.Ingress ?? [])
                    .SelectMany(static rule => rule.FromProperty ?? [])
                    .Select(static peer =>
                        peer.PodSelector?.MatchLabels["app.kubernetes.io/name"]
                        ?? $"namespace {peer.NamespaceSelector.MatchLabels.Values.Single()}"
                    ),
            ];

        Assert.Equal(["admin", "api", "jobs"], From("cache"));
        Assert.Equal(["web"], From("api"));
        Assert.Equal(["namespace gateway"], From("web"));
        Assert.Empty(From("jobs"));
        Assert.Null(objects.Get<V1NetworkPolicy>("cache").Spec.Egress);
        Assert.DoesNotContain(objects.Get<V1NetworkPolicy>("web").Spec.Egress.SelectMany(static rule => rule.To ?? []), static peer =>
            peer.IpBlock is not null
        );
    }

    [Fact]
    public void ExternalPort_IsALoadBalancer()
    {
        var service = Objects("network").Get<V1Service>("admin-external");

        Assert.Equal("LoadBalancer", service.Spec.Type);
        Assert.Equal(
            [(81, "8080", "TCP"), (5140, "5140", "UDP")],
            service.Spec.Ports.Select(static port => (port.Port, port.TargetPort.Value, port.Protocol))
        );
    }

    [Fact]
    public void Stop_GivesTheGracePeriodAfterEverybodyHasHeard()
    {
        var pod = Objects("solution").Get<V1Deployment>("api").Spec.Template.Spec;

        Assert.Equal(5, Assert.Single(pod.Containers).Lifecycle.PreStop.Sleep.Seconds);
        Assert.Equal(35, pod.TerminationGracePeriodSeconds);
    }

    private static V1Container ContainerOf(V1Deployment deployment) => Assert.Single(deployment.Spec.Template.Spec.Containers);

    private static KubernetesObjects Objects(string name) => KubernetesCases.ObjectsOf(name);

    private static DeploymentPlan Plan(params Workload[] workloads) => new() { Name = "shop", Workloads = workloads.ToEquatableArray() };

    private static Workload Service() =>
        new()
        {
            Name = "api",
            Image = new ImageReference("example/api", "1"),
            Restart = RestartPolicy.Always,
            Isolation = Isolation.DotNet,
            Ports = [new("http", 8080, "http")],
        };
}
