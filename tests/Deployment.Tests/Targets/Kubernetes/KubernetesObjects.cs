using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using k8s;
using k8s.Models;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>Describes what a target wrote, read back as the cluster would read it: fields that the API doesn't have are refused.</summary>
internal sealed class KubernetesObjects
{
    private static readonly Dictionary<string, Type> Types = new()
    {
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["apps/v1/StatefulSet"] = typeof(V1StatefulSet),
        ["autoscaling/v2/HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["batch/v1/Job"] = typeof(V1Job),
        ["networking.k8s.io/v1/Ingress"] = typeof(V1Ingress),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["rbac.authorization.k8s.io/v1/Role"] = typeof(V1Role),
        ["rbac.authorization.k8s.io/v1/RoleBinding"] = typeof(V1RoleBinding),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim),
        ["v1/Secret"] = typeof(V1Secret),
        ["v1/Service"] = typeof(V1Service),
        ["v1/ServiceAccount"] = typeof(V1ServiceAccount),
    };

    /// <summary>Gets the second number of the version of Kubernetes that objects are read by.</summary>
    internal static int Minor =>
        int.Parse(GeneratedApiVersion.SwaggerVersion.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);

    private KubernetesObjects(IEnumerable<object> all) => All = [.. all.Cast<IKubernetesObject<V1ObjectMeta>>()];

    internal IReadOnlyList<IKubernetesObject<V1ObjectMeta>> All { get; }

    /// <summary>Returns the pods' templates, with the names of what they are of.</summary>
    internal IEnumerable<(string Name, V1PodTemplateSpec Template)> Pods =>
        All.SelectMany(static each =>
            each switch
            {
                V1Deployment deployment => [(each.Metadata.Name, deployment.Spec.Template)],
                V1StatefulSet set => [(each.Metadata.Name, set.Spec.Template)],
                V1Job job => [(each.Metadata.Name, job.Spec.Template)],
                _ => Array.Empty<(string, V1PodTemplateSpec)>(),
            }
        );

    internal static KubernetesObjects Of(DeploymentPlan plan, ITarget target) => Of(Publication.Create(plan, target, []).Files);

    internal static KubernetesObjects Of(IEnumerable<PublishedFile> files) =>
        new(
            files
                .Where(static file => file.Path.EndsWith(".yaml", StringComparison.Ordinal) && file.Path != "kustomization.yaml")
                .SelectMany(static file => Read(file.Content))
        );

    internal static KubernetesObjects OfText(string yaml) => new(Read(yaml));

    internal static List<object> Read(string yaml) => KubernetesYaml.LoadAllFromString(yaml, Types, strict: true);

    internal T Get<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => Assert.Single(All.OfType<T>(), each => each.Metadata.Name == name);

    internal T Only<T>()
        where T : IKubernetesObject<V1ObjectMeta> => Assert.Single(All.OfType<T>());
}
