using AspireDeploy.Tests.Cases;
using k8s.Models;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>
/// Describes what must hold of every pod, whatever was declared.
/// (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted)
/// </summary>
public class KubernetesPolicyTests
{
    public static TheoryData<string> Names =>
        [.. KubernetesCases.All.Select(static row => row.Data).Where(static name => name is not ("baseline" or "foreign"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pod_InARestrictedNamespace_IsAdmitted(string name)
    {
        var objects = Objects(name);

        Assert.Equal("restricted", objects.Only<V1Namespace>().Metadata.Labels["pod-security.kubernetes.io/enforce"]);
        foreach (var (pod, template) in objects.Pods)
        {
            Assert.True(template.Spec.SecurityContext.RunAsNonRoot, pod);
            Assert.Equal("RuntimeDefault", template.Spec.SecurityContext.SeccompProfile.Type);
            Assert.True(template.Spec is { HostNetwork: null, HostPID: null, HostIPC: null }, pod);
            Assert.All(template.Spec.Volumes ?? [], volume => Assert.True(volume.HostPath is null, pod));
            foreach (var container in ContainersOf(template))
            {
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation, pod);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.All(container.SecurityContext.Capabilities.Add ?? [], static added => Assert.Equal("NET_BIND_SERVICE", added));
                Assert.NotEqual(true, container.SecurityContext.Privileged);
                Assert.All(container.Ports ?? [], static port => Assert.Null(port.HostPort));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Token_IsMountedByThoseThatWaitAlone(string name)
    {
        foreach (var (pod, template) in Objects(name).Pods)
        {
            Assert.False(template.Spec.AutomountServiceAccountToken, pod);
            var tokens = (template.Spec.Volumes ?? [])
                .Where(static volume => volume.Projected?.Sources.Any(static source => source.ServiceAccountToken is not null) ?? false)
                .Select(static volume => volume.Name)
                .ToList();
            Assert.Equal(template.Spec.InitContainers is null ? 0 : 1, tokens.Count);
            Assert.All(template.Spec.Containers, container =>
                Assert.DoesNotContain(container.VolumeMounts ?? [], mount => tokens.Contains(mount.Name))
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Role_ReadsNamedObjectsAlone(string name)
    {
        foreach (var role in Objects(name).All.OfType<V1Role>())
        {
            Assert.All(role.Rules, rule =>
            {
                Assert.NotEmpty(rule.ResourceNames);
                Assert.Equal(["get", "list", "watch"], rule.Verbs);
                Assert.DoesNotContain("*", rule.Resources.Concat(rule.ApiGroups));
            });
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Container_HasTheMemoryAndTheProbesThatAreDeclared(string name)
    {
        var plan =
            name == TargetCase.AppHost
                ? PlanJson.Read(File.ReadAllText(Path.Combine(TargetCase.Project, "AppHost/Cases/plan.json")))
                : TargetCase.PlanOf(KubernetesCases.Folder, name);
        foreach (var (pod, template) in Objects(name).Pods)
        {
            var workload = plan.Workloads.Single(workload => workload.Label == template.Metadata.Labels["app.kubernetes.io/name"]);
            var container = Assert.Single(template.Spec.Containers);
            Assert.Equal(
                (workload.Memory?.Request.ToString(), workload.Memory?.Limit.ToString()),
                (MemoryIn(container.Resources?.Requests), MemoryIn(container.Resources?.Limits))
            );
            Assert.Equal(
                (workload.Probes.Readiness is null, workload.Probes.Liveness is null),
                (container.ReadinessProbe is null, container.LivenessProbe is null)
            );
            Assert.All(template.Spec.InitContainers ?? [], wait =>
                Assert.True(
                    MemoryIn(wait.Resources.Requests) is not null && MemoryIn(wait.Resources.Limits) is not null,
                    $"{pod} {wait.Name}"
                )
            );
        }

        static string? MemoryIn(IDictionary<string, ResourceQuantity>? of) =>
            of is not null && of.TryGetValue("memory", out var memory) ? memory.ToString() : null;
    }

    [Theory]
    [InlineData("solution")]
    [InlineData(TargetCase.AppHost)]
    public void Solution_EveryService_HasAProbeThatSaysWhenItIsReady(string name)
    {
        foreach (var (pod, template) in Objects(name).Pods.Where(static each => each.Template.Spec.RestartPolicy == "Always"))
            Assert.True(Assert.Single(template.Spec.Containers).ReadinessProbe is not null, pod);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryPod_HasAPolicyOfItsOwn_AndNobodyElseReachesIt(string name)
    {
        var objects = Objects(name);

        var all = objects.Get<V1NetworkPolicy>("deny.all");
        Assert.Equal(["Ingress", "Egress"], all.Spec.PolicyTypes);
        Assert.Null(all.Spec.Ingress);
        Assert.All(objects.Pods, pod =>
            Assert.Contains(objects.All.OfType<V1NetworkPolicy>(), policy =>
                policy.Spec.PodSelector?.MatchLabels?.Contains(
                    new("app.kubernetes.io/name", pod.Template.Metadata.Labels["app.kubernetes.io/name"])
                ) ?? false
            )
        );
    }

    [Fact]
    public void Baseline_AnImageWithAnUnknownUser_KeepsTheCapabilitiesItStartsWith()
    {
        var objects = Objects("baseline");

        Assert.Equal("baseline", objects.Only<V1Namespace>().Metadata.Labels["pod-security.kubernetes.io/enforce"]);
        var container = Assert.Single(objects.Get<V1Deployment>("legacy").Spec.Template.Spec.Containers);
        Assert.Contains("SETUID", container.SecurityContext.Capabilities.Add);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
    }

    private static KubernetesObjects Objects(string name) => KubernetesCases.ObjectsOf(name);

    private static IEnumerable<V1Container> ContainersOf(V1PodTemplateSpec template) =>
        template.Spec.Containers.Concat(template.Spec.InitContainers ?? []);
}
