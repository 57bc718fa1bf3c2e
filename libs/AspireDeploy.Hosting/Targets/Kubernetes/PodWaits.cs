using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// Describes what a pod waits for before its own containers start: an init container for each dependency, which watches one object and may
/// read nothing else. Only these containers see a token; the workload's own never does.
/// </summary>
internal sealed class PodWaits(DeploymentPlan plan, KubernetesOptions options, VolumeClaims claims)
{
    internal const string TokenVolumeName = "token";

    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, string> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _timeouts = new(StringComparer.Ordinal);

    /// <summary>Records the name of a workload's Job, for those who wait for it.</summary>
    internal void Name(Workload workload, string job) => _jobs[workload.Name] = job;

    /// <summary>Returns the name of a workload's Job.</summary>
    internal string JobOf(Workload job) => _jobs[job.Name];

    /// <summary>
    /// Returns how long it may take from the deployment's beginning until a workload is ready or has completed: what it waits for, its own
    /// time, and a minute for images.
    /// </summary>
    internal TimeSpan TimeoutFor(Workload workload)
    {
        if (_timeouts.TryGetValue(workload.Name, out var known))
            return known;
        var own = (workload.IsJob ? workload.JobTimeout : workload.ReadyTimeout) + Slack;
        return _timeouts[workload.Name] = WaitOf(workload) + own;
    }

    /// <summary>Returns how long a workload may wait for others.</summary>
    internal TimeSpan WaitOf(Workload workload)
    {
        var longest = TimeSpan.Zero;
        foreach (var dependency in workload.Dependencies)
        {
            var timeout = TimeoutFor(plan.WorkloadNamed(dependency.On));
            if (timeout > longest)
                longest = timeout;
        }
        return longest;
    }

    internal YamlList? Containers(Workload workload)
    {
        var list = new YamlList();
        foreach (var dependency in workload.Dependencies)
        {
            var on = plan.WorkloadNamed(dependency.On);
            var (_, resource, name, condition) = Watched(on);
            list.Add(
                new YamlMap
                {
                    { "name", NameOf(on) },
                    { "image", WellKnownImages.KubectlImage.ToString() },
                    { "imagePullPolicy", "IfNotPresent" },
                    {
                        "args",
                        new YamlList([
                            "wait",
                            $"--for={condition}",
                            $"{resource}/{name}",
                            string.Create(CultureInfo.InvariantCulture, $"--timeout={Durations.SecondsRoundedUp(TimeoutFor(on))}s"),
                        ])
                        {
                            Flow = true,
                        }
                    },
                    {
                        "resources",
                        new YamlMap
                        {
                            {
                                "requests",
                                new YamlMap { { "cpu", "10m" }, { "memory", "32Mi" } }
                            },
                            {
                                "limits",
                                new YamlMap { { "cpu", options.DefaultCpu?.Limit is null ? null : "100m" }, { "memory", "128Mi" } }
                            },
                        }
                    },
                    {
                        "securityContext",
                        new YamlMap
                        {
                            { "allowPrivilegeEscalation", false },
                            { "readOnlyRootFilesystem", true },
                            { "runAsNonRoot", true },
                            { "runAsUser", 65532 },
                            { "runAsGroup", 65532 },
                            {
                                "capabilities",
                                new YamlMap
                                {
                                    {
                                        "drop",
                                        new YamlList(["ALL"]) { Flow = true }
                                    },
                                }
                            },
                        }
                    },
                    {
                        "volumeMounts",
                        new YamlList
                        {
                            new YamlMap
                            {
                                { "name", TokenVolumeName },
                                { "mountPath", TokenPath },
                                { "readOnly", true },
                            },
                        }
                    },
                }
            );
        }
        return list.Count == 0 ? null : list;
    }

    /// <summary>
    /// Returns a job's attempts are its own: a wait that ends too soon, since the network isn't there yet or what it waits for isn't, is no
    /// attempt, and goes on in another pod as long as the Job may run.
    /// (https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy)
    /// </summary>
    internal YamlMap? FailurePolicy(Workload job)
    {
        var rules = new YamlList();
        foreach (var dependency in job.Dependencies)
        {
            var codes = new YamlMap
            {
                { "containerName", NameOf(plan.WorkloadNamed(dependency.On)) },
                { "operator", "NotIn" },
                {
                    "values",
                    new YamlList { 0 }
                },
            };
            rules.Add(new YamlMap { { "action", "Ignore" }, { "onExitCodes", codes } });
        }
        return rules.Count == 0 ? null : new() { { "rules", rules } };
    }

    private static string NameOf(Workload on) => DnsLabel.Fit($"wait-for-{on.Label}");

    /// <summary>Returns the token's volume, as the kubelet would make it by itself, for the init containers to mount alone.</summary>
    internal static YamlMap? Volume(Workload workload) =>
        workload.Dependencies.IsEmpty
            ? null
            : new()
            {
                { "name", TokenVolumeName },
                {
                    "projected",
                    new YamlMap
                    {
                        { "defaultMode", 292 },
                        {
                            "sources",
                            new YamlList
                            {
                                new YamlMap
                                {
                                    {
                                        "serviceAccountToken",
                                        new YamlMap { { "path", "token" }, { "expirationSeconds", 3600 } }
                                    },
                                },
                                new YamlMap
                                {
                                    {
                                        "configMap",
                                        new YamlMap
                                        {
                                            { "name", "kube-root-ca.crt" },
                                            {
                                                "items",
                                                new YamlList
                                                {
                                                    new YamlMap { { "key", "ca.crt" }, { "path", "ca.crt" } },
                                                }
                                            },
                                        }
                                    },
                                },
                                new YamlMap
                                {
                                    {
                                        "downwardAPI",
                                        new YamlMap
                                        {
                                            {
                                                "items",
                                                new YamlList
                                                {
                                                    new YamlMap
                                                    {
                                                        { "path", "namespace" },
                                                        {
                                                            "fieldRef",
                                                            new YamlMap { { "fieldPath", "metadata.namespace" } }
                                                        },
                                                    },
                                                }
                                            },
                                        }
                                    },
                                },
                            }
                        },
                    }
                },
            };

    /// <summary>Returns what the init containers may read: the very objects they wait for.</summary>
    internal YamlList Rules(Workload workload)
    {
        var list = new YamlList();
        foreach (
            var group in workload
                .Dependencies.Select(dependency => Watched(plan.WorkloadNamed(dependency.On)))
                .GroupBy(static watched => (watched.Group, watched.Resource))
        )
        {
            list.Add(
                new YamlMap
                {
                    {
                        "apiGroups",
                        new YamlList([group.Key.Group]) { Flow = true }
                    },
                    {
                        "resources",
                        new YamlList([group.Key.Resource + "s"]) { Flow = true }
                    },
                    {
                        "resourceNames",
                        new YamlList(group.Select(static watched => watched.Name)) { Flow = true }
                    },
                    {
                        "verbs",
                        new YamlList(["get", "list", "watch"]) { Flow = true }
                    },
                }
            );
        }
        return list;
    }

    private (string Group, string Resource, string Name, string Condition) Watched(Workload on) =>
        on.IsJob ? ("batch", "job", JobOf(on), "condition=Complete")
        : claims.IsStatefulSet(on)
            ? (
                "apps",
                "statefulset",
                on.Label,
                string.Create(CultureInfo.InvariantCulture, $"jsonpath={{.status.availableReplicas}}={on.Scale.Minimum}")
            )
        : ("apps", "deployment", on.Label, "condition=Available");
}
