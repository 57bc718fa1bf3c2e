using System.Collections.Concurrent;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>The cases, and what is chosen of the target in each.</summary>
internal static class KubernetesCases
{
    internal const string Folder = "Targets/Kubernetes/Cases";

    private static readonly ConcurrentDictionary<string, KubernetesObjects> Objects = new();

    public static TheoryData<string> All => TargetCase.InAndAppHost(Folder);

    /// <summary>Returns what a case's files hold, read once: the models are large.</summary>
    internal static KubernetesObjects ObjectsOf(string name) => Objects.GetOrAdd(name, static name => KubernetesObjects.Of(FilesOf(name)));

    internal static IEnumerable<PublishedFile> FilesOf(string name) =>
        name == TargetCase.AppHost
            ? TargetCase.FilesOfAppHost("kubernetes")
            : Publication.Create(TargetCase.PlanOf(Folder, name), TargetOf(name), []).Files;

    internal static KubernetesTarget TargetOf(string name) =>
        new(
            name switch
            {
                "baseline" => new()
                {
                    PodSecurity = PodSecurity.Baseline,
                    PullSecret = "registry",
                    Namespace = "shop-test",
                },
                "data" => new() { StorageClass = "fast", SharedStorageClass = "shared" },
                "https" => new()
                {
                    Ingress = new()
                    {
                        Class = "nginx",
                        CertificateSecret = "shop-tls",
                        ControllerNamespace = "ingress-nginx",
                    },
                },
                "network" => new()
                {
                    Ingress = new()
                    {
                        ControllerNamespace = "gateway",
                        Annotations = new Dictionary<string, string> { ["example.com/timeout"] = "30s" },
                    },
                },
                "replicas" or "solution" => new()
                {
                    Ingress = new() { Class = "haproxy", ClusterIssuer = "letsencrypt" },
                },
                _ => null,
            }
        );
}
