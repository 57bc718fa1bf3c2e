using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>Describes what keeps the number of replicas: an autoscaler, and a budget for those who empty nodes.</summary>
internal sealed class ScaleObjects(KubernetesFile file)
{
    internal IEnumerable<PublishedFile> Write(Workload workload)
    {
        if (workload.IsJob)
            yield break;
        if (workload.Scale is { IsAutomatic: true, CpuPercent: { } percent })
            yield return Autoscaler(workload, percent);
        if (workload.Scale.Minimum > 1)
        {
            var spec = new YamlMap
            {
                { "maxUnavailable", 1 },
                // What isn't ready anyway may go: a crash loop must not keep a node from being emptied.
                { "unhealthyPodEvictionPolicy", "AlwaysAllow" },
                {
                    "selector",
                    new YamlMap { { "matchLabels", file.Selector(workload.Label) } }
                },
            };
            yield return file.Write(
                workload.Label,
                "pod-disruption-budget",
                "policy/v1 PodDisruptionBudget",
                workload.Label,
                new YamlMap { { "spec", spec } },
                $"Whoever empties a node takes one replica of {workload.Name} at a time."
            );
        }
    }

    private PublishedFile Autoscaler(Workload workload, int percent)
    {
        var resource = new YamlMap
        {
            { "name", "cpu" },
            {
                "target",
                new YamlMap { { "type", "Utilization" }, { "averageUtilization", percent } }
            },
        };
        var spec = new YamlMap
        {
            {
                "scaleTargetRef",
                new YamlMap
                {
                    { "apiVersion", "apps/v1" },
                    { "kind", "Deployment" },
                    { "name", workload.Label },
                }
            },
            { "minReplicas", workload.Scale.Minimum },
            { "maxReplicas", workload.Scale.Maximum },
            {
                "metrics",
                new YamlList
                {
                    new YamlMap { { "type", "Resource" }, { "resource", resource } },
                }
            },
            {
                "behavior",
                new YamlMap
                {
                    {
                        "scaleDown",
                        new YamlMap { { "stabilizationWindowSeconds", 300 } }
                    },
                }
            },
        };
        return file.Write(
            workload.Label,
            "horizontal-pod-autoscaler",
            "autoscaling/v2 HorizontalPodAutoscaler",
            workload.Label,
            new YamlMap { { "spec", spec } },
            $"How many replicas of {workload.Name} run, by their load. It needs the cluster's metrics server."
        );
    }
}
