using System.Collections.Concurrent;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>The cases, and what is chosen of the target in each.</summary>
internal static class KubernetesCases
{
    internal const string Folder = "Targets/Kubernetes/Cases";

    private static readonly ConcurrentDictionary<string, KubernetesObjects> Objects = new();

    /// <summary>What a case's files hold, read once: the models are large.</summary>
    internal static KubernetesObjects ObjectsOf(string name) => Objects.GetOrAdd(name, static name => KubernetesObjects.Of(TargetCase.PlanOf(Folder, name), TargetOf(name)));

    internal static KubernetesTarget TargetOf(string name) => new(name switch
    {
        "baseline" => new() { PodSecurity = PodSecurity.Baseline, PullSecret = "registry", Namespace = "shop-test" },
        "data" => new() { StorageClass = "fast", SharedStorageClass = "shared" },
        "https" => new() { Ingress = new() { Class = "nginx", CertificateSecret = "shop-tls", ControllerNamespace = "ingress-nginx" } },
        "network" => new() { Ingress = new() { ControllerNamespace = "edge", Annotations = new Dictionary<string, string> { ["example.com/timeout"] = "30s" } } },
        "replicas" or "solution" => new() { Ingress = new() { Class = "haproxy", ClusterIssuer = "letsencrypt" } },
        _ => null,
    });
}
