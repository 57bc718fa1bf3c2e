using AspireDeploy.Tests.Cases;
using k8s.Models;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>What must hold of every pod, whatever was declared. (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted)</summary>
public class KubernetesPolicyTests
{
    public static TheoryData<string> Names => [.. TargetCase.In(KubernetesCases.Folder).Select(static row => row.Data).Where(static name => name != "baseline")];

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
            var tokens = (template.Spec.Volumes ?? []).Where(static volume => volume.Projected?.Sources.Any(static source => source.ServiceAccountToken is not null) ?? false).Select(static volume => volume.Name).ToList();
            Assert.Equal(template.Spec.InitContainers is null ? 0 : 1, tokens.Count);
            Assert.All(template.Spec.Containers, container => Assert.DoesNotContain(container.VolumeMounts ?? [], mount => tokens.Contains(mount.Name)));
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

    [Fact]
    public void Solution_EveryContainer_HasARequestAndALimitOfMemory()
    {
        foreach (var (pod, template) in Objects("solution").Pods)
        {
            Assert.All(ContainersOf(template), container =>
            {
                Assert.True(container.Resources.Requests.ContainsKey("memory"), $"{pod} {container.Name}");
                Assert.True(container.Resources.Limits.ContainsKey("memory"), $"{pod} {container.Name}");
            });
        }
    }

    [Fact]
    public void Solution_EveryService_HasAProbeThatSaysWhenItIsReady()
    {
        foreach (var (pod, template) in Objects("solution").Pods.Where(static each => each.Template.Spec.RestartPolicy == "Always"))
            Assert.True(Assert.Single(template.Spec.Containers).ReadinessProbe is not null, pod);
    }

    [Fact]
    public void EveryPod_HasAPolicyOfItsOwn_AndNobodyElseReachesIt()
    {
        var objects = Objects("solution");

        var all = objects.Get<V1NetworkPolicy>("deny.all");
        Assert.Equal(["Ingress", "Egress"], all.Spec.PolicyTypes);
        Assert.Null(all.Spec.Ingress);
        Assert.All(objects.Pods, pod => Assert.Contains(objects.All.OfType<V1NetworkPolicy>(), policy => policy.Spec.PodSelector?.MatchLabels?.Contains(new("app.kubernetes.io/name", pod.Template.Metadata.Labels["app.kubernetes.io/name"])) ?? false));
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

    private static IEnumerable<V1Container> ContainersOf(V1PodTemplateSpec template) => template.Spec.Containers.Concat(template.Spec.InitContainers ?? []);
}
