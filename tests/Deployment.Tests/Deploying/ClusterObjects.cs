using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AspireDeploy.Tests.Deploying;

/// <summary>A kind of object that a stand-in for a cluster has.</summary>
internal sealed record ClusterKind(string Group, string Version, string Plural, string Kind, bool IsNamespaced = true)
{
    internal string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    internal string Root => Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
}

/// <summary>
/// Describes what a stand-in for a cluster holds. Its controllers have done their work as soon as an object is written: a Job has completed
/// and replicas are ready, but for those that are said to fail.
/// </summary>
internal sealed class ClusterObjects
{
    internal static readonly ClusterKind[] Kinds =
    [
        new("", "v1", "namespaces", "Namespace", IsNamespaced: false),
        new("", "v1", "configmaps", "ConfigMap"),
        new("", "v1", "events", "Event"),
        new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim"),
        new("", "v1", "pods", "Pod"),
        new("", "v1", "secrets", "Secret"),
        new("", "v1", "services", "Service"),
        new("", "v1", "serviceaccounts", "ServiceAccount"),
        new("apps", "v1", "daemonsets", "DaemonSet"),
        new("batch", "v1", "cronjobs", "CronJob"),
        new("apps", "v1", "deployments", "Deployment"),
        new("apps", "v1", "statefulsets", "StatefulSet"),
        new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"),
        new("batch", "v1", "jobs", "Job"),
        new("networking.k8s.io", "v1", "ingressclasses", "IngressClass", IsNamespaced: false),
        new("storage.k8s.io", "v1", "storageclasses", "StorageClass", IsNamespaced: false),
        new("", "v1", "nodes", "Node", IsNamespaced: false),
        new("networking.k8s.io", "v1", "ingresses", "Ingress"),
        new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy"),
        new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"),
        new("rbac.authorization.k8s.io", "v1", "roles", "Role"),
        new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
    ];

    private readonly ConcurrentDictionary<(string Plural, string Namespace, string Name), JsonObject> _objects = new();
    private int _written;

    /// <summary>Gets the workloads whose pods end with an error.</summary>
    internal HashSet<string> Failing { get; } = [];

    /// <summary>Gets the workloads for which no pod is made, and why: a quota, an admission.</summary>
    internal Dictionary<string, string> Refused { get; } = [];

    /// <summary>
    /// Returns the workloads whose pods don't start, by what the cluster warns of: the kind and name of the object, and the reason with its
    /// message.
    /// </summary>
    internal Dictionary<string, (string Kind, string Name, string Reason)> Warned { get; } = [];

    /// <summary>Returns the workloads whose containers wait, and why: an image that can't be pulled.</summary>
    internal Dictionary<string, (string Reason, string Message)> Waiting { get; } = [];

    /// <summary>Gets what its user may not do: <c>create deployments</c>.</summary>
    internal HashSet<string> Forbidden { get; } = [];

    /// <summary>Gets the workloads whose pods stop only when they have been asked for three times.</summary>
    internal HashSet<string> Slow { get; } = [];

    /// <summary>Gets or sets how often something was written or deleted.</summary>
    internal int Changes { get; private set; }

    internal IReadOnlyList<string> Names =>
        [.. _objects.Keys.Select(static key => $"{key.Plural}/{key.Name}").Order(StringComparer.Ordinal)];

    internal JsonObject? Find(ClusterKind kind, string space, string name) => _objects.GetValueOrDefault((kind.Plural, space, name));

    internal IEnumerable<JsonObject> List(ClusterKind kind, string? space, Func<JsonObject, bool> matches)
    {
        if (kind.Kind == "Pod")
        {
            foreach (var (key, pod) in _objects.Where(static each => each.Value["remaining"] is not null))
            {
                pod["remaining"] = (int)pod["remaining"]! - 1;
                if ((int)pod["remaining"]! == 0)
                    _objects.TryRemove(key, out _);
            }
        }
        return _objects
            .Where(each => each.Key.Plural == kind.Plural && (space is null || each.Key.Namespace == space))
            .OrderBy(static each => each.Key.Name, StringComparer.Ordinal)
            .Select(static each => each.Value)
            .Where(matches);
    }

    /// <summary>Writes an object whole, and lets its controllers work.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="space">Its namespace; empty for what has none.</param>
    /// <param name="desired">The object.</param>
    /// <param name="isDryRun">Whether to give back what it would be.</param>
    internal JsonObject Write(ClusterKind kind, string space, JsonObject desired, bool isDryRun)
    {
        var result = (JsonObject)desired.DeepClone();
        var metadata = result["metadata"]!.AsObject();
        var name = (string)metadata["name"]!;
        var before = Find(kind, space, name);
        var changed = before is null || !JsonNode.DeepEquals(before["spec"], result["spec"]);
        if (kind.IsNamespaced)
            metadata["namespace"] = space;
        metadata["uid"] = before?["metadata"]!["uid"]!.DeepClone() ?? Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = before?["metadata"]!["creationTimestamp"]!.DeepClone()
            ?? DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        metadata["generation"] = ((int?)before?["metadata"]!["generation"] ?? 0) + (changed ? 1 : 0);
        metadata["resourceVersion"] = (++_written).ToString(CultureInfo.InvariantCulture);
        var workload = WorkloadOf(result);
        var refused =
            kind.Kind == "Deployment" && (Refused.ContainsKey(workload) || Warned.ContainsKey(workload) || Waiting.ContainsKey(workload));
        if (refused)
            result["status"] = new JsonObject { ["observedGeneration"] = metadata["generation"]!.DeepClone(), ["replicas"] = 0 };
        else if (StatusOf(kind, result, Failing.Contains(WorkloadOf(result))) is { } status)
            result["status"] = status;
        if (isDryRun)
            return result;
        Changes++;
        if (refused && Refused.TryGetValue(workload, out var message))
            Warn(space, "ReplicaSet", $"{workload}-7d9f", "FailedCreate", message);
        else if (refused && Warned.TryGetValue(workload, out var warned))
            Warn(
                space,
                warned.Kind,
                warned.Name,
                warned.Reason[..warned.Reason.IndexOf(':', StringComparison.Ordinal)],
                warned.Reason[(warned.Reason.IndexOf(':', StringComparison.Ordinal) + 2)..]
            );
        else if (kind.Kind is "Job" or "Deployment" or "StatefulSet")
            WritePod(space, name, WorkloadOf(result));
        return _objects[(kind.Plural, space, name)] = result;
    }

    /// <summary>Has it hold an object that a deployment needs and doesn't make.</summary>
    internal void Keep(string plural, string name, JsonObject? status = null)
    {
        var kind = Kinds.Single(kind => kind.Plural == plural);
        _objects[(plural, "", name)] = new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = name },
            ["status"] = status,
        };
    }

    internal JsonObject? Delete(ClusterKind kind, string space, string name)
    {
        if (!_objects.TryRemove((kind.Plural, space, name), out var gone))
            return null;
        Changes++;
        foreach (
            var (key, pod) in _objects.Where(each =>
                kind.Kind is "Job" or "Deployment" or "StatefulSet" && each.Key == ("pods", space, $"{name}-0")
            )
        )
        {
            if (Slow.Contains((string)pod["metadata"]!["labels"]!["app.kubernetes.io/name"]!))
                pod["remaining"] = 3;
            else
                _objects.TryRemove(key, out _);
        }
        if (kind.Kind != "Namespace")
            return gone;
        foreach (var key in _objects.Keys.Where(key => key.Namespace == name))
            _objects.TryRemove(key, out _);
        return gone;
    }

    private void Warn(string space, string kind, string name, string reason, string message) =>
        _objects[("events", space, $"{name}.1")] = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = $"{name}.1", ["namespace"] = space },
            ["involvedObject"] = new JsonObject
            {
                ["kind"] = kind,
                ["name"] = name,
                ["namespace"] = space,
            },
            ["type"] = "Warning",
            ["count"] = 4,
            ["reason"] = reason,
            ["message"] = message,
        };

    private void WritePod(string space, string owner, string workload) =>
        _objects[("pods", space, $"{owner}-0")] = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{owner}-0",
                ["namespace"] = space,
                ["uid"] = Guid.NewGuid().ToString(),
                ["creationTimestamp"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                ["labels"] = new JsonObject { ["app.kubernetes.io/name"] = workload, ["app.kubernetes.io/part-of"] = "shop" },
            },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = workload }) },
            ["status"] = Waiting.TryGetValue(workload, out var waiting)
                ? new JsonObject
                {
                    ["phase"] = "Pending",
                    ["containerStatuses"] = new JsonArray(
                        new JsonObject
                        {
                            ["name"] = workload,
                            ["state"] = new JsonObject
                            {
                                ["waiting"] = new JsonObject { ["reason"] = waiting.Reason, ["message"] = waiting.Message },
                            },
                        }
                    ),
                }
                : new JsonObject { ["phase"] = Failing.Contains(workload) ? "Failed" : "Running" },
        };

    private static string WorkloadOf(JsonObject each) =>
        (string?)each["spec"]?["template"]?["metadata"]?["labels"]?["app.kubernetes.io/name"] ?? "";

    private static JsonObject? StatusOf(ClusterKind kind, JsonObject each, bool fails)
    {
        var generation = each["metadata"]!["generation"]!.DeepClone();
        var replicas = (int?)each["spec"]?["replicas"] ?? 1;
        return kind.Kind switch
        {
            "Job" => new()
            {
                ["conditions"] = fails ? Conditions("FailureTarget", "Failed") : Conditions("SuccessCriteriaMet", "Complete"),
            },
            "Deployment" when fails => new()
            {
                ["observedGeneration"] = generation,
                ["replicas"] = replicas + 1,
                ["updatedReplicas"] = 1,
                ["availableReplicas"] = replicas,
                ["conditions"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = "Progressing",
                        ["status"] = "False",
                        ["reason"] = "ProgressDeadlineExceeded",
                    }
                ),
            },
            "Deployment" => new()
            {
                ["observedGeneration"] = generation,
                ["replicas"] = replicas,
                ["updatedReplicas"] = replicas,
                ["availableReplicas"] = replicas,
                ["readyReplicas"] = replicas,
            },
            "StatefulSet" => new()
            {
                ["observedGeneration"] = generation,
                ["replicas"] = replicas,
                ["readyReplicas"] = replicas,
                ["updatedReplicas"] = replicas,
                ["currentRevision"] = "1",
                ["updateRevision"] = "1",
            },
            _ => null,
        };
    }

    private static JsonArray Conditions(params string[] types) =>
        [.. types.Select(static type => new JsonObject { ["type"] = type, ["status"] = "True" })];
}
