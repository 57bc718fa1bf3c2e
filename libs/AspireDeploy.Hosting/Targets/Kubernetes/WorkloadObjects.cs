using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// The object that runs a workload's pods: a Deployment, a StatefulSet where it has data of its own, a Job where it is a job.
/// </summary>
internal sealed class WorkloadObjects(KubernetesFile file, Pod pod, VolumeClaims claims, PodWaits waits)
{
    internal PublishedFile Write(Workload workload) =>
        workload.IsJob ? Job(workload)
        : claims.IsStatefulSet(workload) ? StatefulSet(workload)
        : Deployment(workload);

    private PublishedFile Deployment(Workload workload)
    {
        var spec = new YamlMap
        {
            { "replicas", workload.Scale.IsAutomatic ? null : workload.Scale.Minimum },
            { "revisionHistoryLimit", 5 },
            { "progressDeadlineSeconds", Durations.SecondsRoundedUp(waits.TimeoutFor(workload)) },
            { "strategy", Strategy(workload) },
            {
                "selector",
                new YamlMap { { "matchLabels", file.Selector(workload.Label) } }
            },
            { "template", pod.Template(workload) },
        };
        return file.Write(
            workload.Label,
            "deployment",
            "apps/v1 Deployment",
            workload.Label,
            new YamlMap { { "spec", spec } },
            workload.Scale.IsAutomatic
                ? $"The replicas of {workload.Name}; how many, its HorizontalPodAutoscaler says."
                : $"The replicas of {workload.Name}."
        );
    }

    private static YamlMap Strategy(Workload workload)
    {
        var startFirst = workload.Update == UpdateOrder.StartFirst;
        return new()
        {
            { "type", "RollingUpdate" },
            {
                "rollingUpdate",
                new YamlMap { { "maxSurge", startFirst ? 1 : 0 }, { "maxUnavailable", startFirst ? 0 : 1 } }
            },
        };
    }

    private PublishedFile StatefulSet(Workload workload)
    {
        var spec = new YamlMap
        {
            { "serviceName", workload.Label },
            { "replicas", workload.Scale.Minimum },
            { "revisionHistoryLimit", 5 },
            {
                "updateStrategy",
                new YamlMap { { "type", "RollingUpdate" } }
            },
            {
                "persistentVolumeClaimRetentionPolicy",
                new YamlMap { { "whenDeleted", "Retain" }, { "whenScaled", "Retain" } }
            },
            {
                "selector",
                new YamlMap { { "matchLabels", file.Selector(workload.Label) } }
            },
            { "template", pod.Template(workload) },
            { "volumeClaimTemplates", claims.TemplatesOf(workload) },
        };
        return file.Write(
            workload.Label,
            "stateful-set",
            "apps/v1 StatefulSet",
            workload.Label,
            new YamlMap { { "spec", spec } },
            $"{workload.Name}, with data that outlives it."
        );
    }

    private PublishedFile Job(Workload workload)
    {
        var spec = new YamlMap
        {
            {
                "backoffLimit",
                workload.Restart switch
                {
                    { Mode: RestartMode.Never } => 0,
                    { MaxAttempts: { } attempts } => attempts,
                    _ => int.MaxValue,
                }
            },
            { "activeDeadlineSeconds", Durations.SecondsRoundedUp(waits.WaitOf(workload) + workload.JobTimeout) },
            { "podFailurePolicy", waits.FailurePolicy(workload) },
            { "template", pod.Template(workload) },
        };
        // Its files come under a name that doesn't change, so their content counts too.
        var written = (YamlMap)
            file.Object(workload.Label, "batch/v1 Job", workload.Label, new() { { "spec", spec } })
                .Map.First(static entry => entry.Key == "spec")
                .Value;
        var content = YamlWriter.Write(written) + string.Concat(workload.Files.Select(static each => $"{each.Path}\0{each.Content}\0"));
        waits.Name(workload, $"{workload.Label}-{ContentHash.Short(content)}");
        return file.Write(
            workload.Label,
            "job",
            "batch/v1 Job",
            waits.JobOf(workload),
            new YamlMap { { "spec", spec } },
            $"The job {workload.Name}. A Job can't be changed in place: its name carries a hash of its content, so what changed is "
                + "a new one, and what didn't has run already.\n"
                + "It stays when it has completed: replicas that start later wait for it too."
        );
    }
}
