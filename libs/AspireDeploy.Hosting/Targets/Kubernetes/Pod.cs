using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>A workload's pods, as a Deployment, a StatefulSet or a Job has them for a template.</summary>
internal sealed class Pod(
    KubernetesFile file,
    KubernetesOptions options,
    KubernetesValues values,
    VolumeClaims claims,
    PodWaits waits,
    HashSet<string> reached
)
{
    // Until every node and the Ingress controller have heard that a replica is going, it goes on serving.
    private const int DrainSeconds = 5;

    private readonly ContainerEnvironment _environment = new(values);

    /// <summary>Returns the template, its labels included.</summary>
    internal YamlMap Template(Workload workload) =>
        new()
        {
            {
                "metadata",
                new YamlMap { { "labels", file.Selector(workload.Label) } }
            },
            { "spec", Spec(workload) },
        };

    private YamlMap Spec(Workload workload) =>
        new()
        {
            { "serviceAccountName", workload.Label },
            { "automountServiceAccountToken", false },
            { "enableServiceLinks", false },
            {
                "imagePullSecrets",
                options.PullSecret is { } secret
                    ? new YamlList { new YamlMap { { "name", secret } } }
                    : null
            },
            { "restartPolicy", workload.IsJob ? "Never" : "Always" },
            {
                "terminationGracePeriodSeconds",
                Durations.SecondsRoundedUp(workload.StopGracePeriod) + (Drains(workload) ? DrainSeconds : 0)
            },
            { "securityContext", SecurityOfPod(workload.Isolation) },
            { "topologySpreadConstraints", Spread(workload) },
            { "initContainers", waits.Containers(workload) },
            {
                "containers",
                new YamlList { Container(workload) }
            },
            { "volumes", Volumes(workload) },
        };

    private YamlMap Container(Workload workload) =>
        new()
        {
            { "name", workload.Label },
            { "image", workload.Image.ToString()! },
            { "imagePullPolicy", PullPolicyOf(workload) },
            {
                "command",
                workload.Entrypoint.IsEmpty
                    ? null
                    : new YamlList(workload.Entrypoint.Select(KubernetesValues.Escape)) { Flow = true }
            },
            {
                "args",
                workload.Arguments.IsEmpty
                    ? null
                    : new YamlList(workload.Arguments.Select(values.Write)) { Flow = true }
            },
            { "env", _environment.Write(workload) },
            { "ports", Ports(workload) },
            { "startupProbe", ContainerProbe.Startup(workload) },
            { "readinessProbe", ContainerProbe.Readiness(workload) },
            { "livenessProbe", ContainerProbe.Liveness(workload) },
            {
                "lifecycle",
                Drains(workload)
                    ? new YamlMap
                    {
                        {
                            "preStop",
                            new YamlMap
                            {
                                {
                                    "sleep",
                                    new YamlMap { { "seconds", DrainSeconds } }
                                },
                            }
                        },
                    }
                    : null
            },
            { "resources", Resources(workload) },
            { "securityContext", SecurityOfContainer(workload.Isolation) },
            { "volumeMounts", Mounts(workload) },
        };

    private bool Drains(Workload workload) =>
        workload is { IsJob: false, Update: UpdateOrder.StartFirst } && reached.Contains(workload.Name);

    private static YamlList? Ports(Workload workload)
    {
        var list = new YamlList();
        foreach (var port in workload.Ports)
            list.Add(new YamlMap { { "containerPort", port.Number }, { "protocol", ServiceObject.Protocol(port) } });
        return list.Count == 0 ? null : list;
    }

    private YamlMap? Resources(Workload workload)
    {
        var (cpu, memory) = (workload.Cpu ?? options.DefaultCpu, workload.Memory ?? options.DefaultMemory);
        var requests = new YamlMap { { "cpu", Cores(cpu?.Request) }, { "memory", memory?.Request.ToString() } };
        var limits = new YamlMap { { "cpu", Cores(cpu?.Limit) }, { "memory", memory?.Limit.ToString() } };
        var resources = new YamlMap
        {
            { "requests", requests.Count == 0 ? null : requests },
            { "limits", limits.Count == 0 ? null : limits },
        };
        return resources.Count == 0 ? null : resources;
    }

    // Thousandths are the least that Kubernetes counts.
    private static YamlNode? Cores(decimal? cores) =>
        cores is { } number ? string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(number * 1000)}m") : null;

    private static YamlMap SecurityOfPod(Isolation isolation) =>
        new()
        {
            { "runAsNonRoot", isolation.NonRoot ? true : null },
            { "runAsUser", isolation.UserId },
            { "runAsGroup", isolation.UserId is null ? null : isolation.GroupId ?? isolation.UserId },
            // The group that volumes and secrets are given to.
            { "fsGroup", isolation.UserId is null ? null : isolation.GroupId ?? isolation.UserId },
            { "fsGroupChangePolicy", isolation.UserId is null ? null : "OnRootMismatch" },
            {
                "seccompProfile",
                new YamlMap { { "type", "RuntimeDefault" } }
            },
        };

    private static YamlMap SecurityOfContainer(Isolation isolation) =>
        new()
        {
            { "allowPrivilegeEscalation", false },
            { "readOnlyRootFilesystem", isolation.ReadOnlyRoot },
            {
                "capabilities",
                new YamlMap
                {
                    {
                        "drop",
                        new YamlList(["ALL"]) { Flow = true }
                    },
                    {
                        "add",
                        isolation.Capabilities.IsEmpty
                            ? null
                            : new YamlList(isolation.Capabilities) { Flow = true }
                    },
                }
            },
        };

    // Replicas of one version on nodes and zones of their own, as far as there are any.
    private YamlList? Spread(Workload workload)
    {
        if (workload.IsJob || workload.Scale.Maximum == 1)
            return null;
        var list = new YamlList();
        foreach (var topology in (ReadOnlySpan<string>)["kubernetes.io/hostname", "topology.kubernetes.io/zone"])
        {
            list.Add(
                new YamlMap
                {
                    { "maxSkew", 1 },
                    { "topologyKey", topology },
                    { "whenUnsatisfiable", "ScheduleAnyway" },
                    {
                        "labelSelector",
                        new YamlMap { { "matchLabels", file.Selector(workload.Label) } }
                    },
                    {
                        "matchLabelKeys",
                        new YamlList(["pod-template-hash"]) { Flow = true }
                    },
                }
            );
        }
        return list;
    }

    private YamlList? Volumes(Workload workload)
    {
        var list = new YamlList();
        foreach (var claim in claims.VolumesOf(workload))
            list.Add(claim);
        foreach (var volume in (YamlMap?[])[PodSecrets.Volume(workload), PodFiles.Volume(workload), PodWaits.Volume(workload)])
        {
            if (volume is not null)
                list.Add(volume);
        }
        // It counts towards the memory limit; where none is declared, a node's memory isn't a pod's to fill.
        var most = (workload.Memory?.Limit ?? Size.Mebibytes(64)).ToString();
        for (var i = 0; i < workload.Isolation.Scratch.Count; i++)
            list.Add(
                new YamlMap
                {
                    { "name", ScratchName(i) },
                    {
                        "emptyDir",
                        new YamlMap { { "medium", "Memory" }, { "sizeLimit", most } }
                    },
                }
            );
        return list.Count == 0 ? null : list;
    }

    private static YamlList? Mounts(Workload workload)
    {
        var list = new YamlList();
        foreach (var mount in workload.Mounts)
            list.Add(
                new YamlMap
                {
                    { "name", DnsLabel.From(mount.Volume) },
                    { "mountPath", mount.Path },
                    { "readOnly", mount.ReadOnly ? true : null },
                }
            );
        foreach (var mount in PodSecrets.MountsOf(workload).Concat(PodFiles.MountsOf(workload)))
            list.Add(mount);
        for (var i = 0; i < workload.Isolation.Scratch.Count; i++)
            list.Add(new YamlMap { { "name", ScratchName(i) }, { "mountPath", workload.Isolation.Scratch[i] } });
        return list.Count == 0 ? null : list;
    }

    private static string ScratchName(int index) => string.Create(CultureInfo.InvariantCulture, $"scratch-{index}");

    private static string PullPolicyOf(Workload workload) =>
        workload.PullPolicy switch
        {
            PullPolicy.Always => "Always",
            PullPolicy.Never => "Never",
            PullPolicy.Missing => "IfNotPresent",
            _ => workload.Image is ImageReference { Digest: null, Tag: null or "latest" } ? "Always" : "IfNotPresent",
        };
}
