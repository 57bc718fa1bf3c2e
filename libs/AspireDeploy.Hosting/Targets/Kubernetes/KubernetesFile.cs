using System.Text.Json.Nodes;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>Describes what is the same of every object's file.</summary>
internal sealed class KubernetesFile(DeploymentPlan plan, KubernetesOptions options)
{
    private readonly SortedDictionary<string, SortedSet<string>> _kinds = new(StringComparer.Ordinal);

    internal const string NameLabel = "app.kubernetes.io/name";
    internal const string PartOfLabel = "app.kubernetes.io/part-of";
    internal const string ManagedByLabel = "app.kubernetes.io/managed-by";
    internal const string Manager = "aspiredeploy";

    /// <summary>
    /// Gets the namespace's own file. It isn't among those that are applied together: it would mark a namespace that somebody else has made
    /// as this deployment's.
    /// </summary>
    internal const string NamespacePath = "namespace.yaml";

    /// <summary>Gets the namespace that all of it is in.</summary>
    internal string Namespace { get; } = NamespaceOf(plan, options);

    /// <summary>Gets the label of everything that belongs to the deployment.</summary>
    internal string Application { get; } = plan.Name.ToLowerInvariant();

    internal static string NamespaceOf(DeploymentPlan plan, KubernetesOptions options) => options.Namespace ?? plan.Name.ToLowerInvariant();

    /// <summary>Returns the labels by which a resource's pods are found.</summary>
    internal YamlMap Selector(string label) => new() { { NameLabel, label }, { PartOfLabel, Application } };

    /// <summary>Writes an object's file.</summary>
    /// <param name="folder">The folder of the resource it is for; empty: the target's own.</param>
    /// <param name="file">The file's name: what it holds.</param>
    /// <param name="type">Its version and kind: <c>apps/v1 Deployment</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">What it holds beside its metadata.</param>
    /// <param name="comment">What it is for.</param>
    /// <param name="labels">Labels beside those every object has.</param>
    /// <param name="annotations">Annotations; null: none.</param>
    /// <param name="namespaced">Whether it is in the namespace.</param>
    internal PublishedFile Write(
        string folder,
        string file,
        string type,
        string name,
        YamlMap content,
        string comment,
        YamlMap? labels = null,
        YamlMap? annotations = null,
        bool namespaced = true
    )
    {
        var map = Object(folder, type, name, content, labels, annotations, namespaced);
        var path = folder.Length > 0 ? $"{folder}/{file}.yaml" : $"{file}.yaml";
        return new(path, YamlWriter.Write(map.Map, $"{comment}\nMade by publishing: change the AppHost, not this file."))
        {
            Changes = map.Changes,
        };
    }

    /// <summary>Makes an object as its file has it, with what the AppHost changes in it.</summary>
    internal ChangedYaml Object(
        string folder,
        string type,
        string name,
        YamlMap content,
        YamlMap? labels = null,
        YamlMap? annotations = null,
        bool namespaced = true
    )
    {
        var (version, kind) = (
            type[..type.IndexOf(' ', StringComparison.Ordinal)],
            type[(type.IndexOf(' ', StringComparison.Ordinal) + 1)..]
        );
        var all = folder.Length > 0 ? Selector(folder) : new YamlMap { { PartOfLabel, Application } };
        all.Add(ManagedByLabel, Manager);
        foreach (var label in labels ?? [])
            all.Add(label.Key, label.Value);
        var map = new YamlMap
        {
            { "apiVersion", version },
            { "kind", kind },
            {
                "metadata",
                new YamlMap
                {
                    { "name", name },
                    { "namespace", namespaced ? Namespace : null },
                    { "labels", all },
                    { "annotations", annotations is { Count: > 0 } ? annotations : null },
                }
            },
        };
        foreach (var entry in content)
            map.Add(entry.Key, entry.Value, entry.Comment, entry.Gap);
        if (Owner(folder) is not { } resource)
            return new(map, []);
        if (!_kinds.TryGetValue(resource, out var kinds))
            _kinds[resource] = kinds = new(StringComparer.Ordinal);
        kinds.Add(kind);
        return ChangedYaml.Create(plan.ChangesOf(resource, "kubernetes", kind), $"{kind} {name}", map, Refuse);
    }

    /// <summary>Refuses changes of objects that there aren't, once all are written.</summary>
    /// <exception cref="PlanException">There are some.</exception>
    internal void RefuseOthers()
    {
        var wrong = plan
            .Changes.Where(static change => change.Target == "kubernetes")
            .Where(change => !(_kinds.TryGetValue(change.Resource, out var kinds) && kinds.Contains(change.Object)))
            .Select(change => new PlanError(
                $"{change.Resource}.{change.Method}",
                $"{change.Resource} has no {change.Object} on Kubernetes: it has "
                    + $"{string.Join(", ", _kinds.GetValueOrDefault(change.Resource) ?? [])}"
            ))
            .ToList();
        if (wrong.Count > 0)
            throw new PlanException(wrong);
    }

    private string? Owner(string label) =>
        label.Length == 0
            ? null
            : plan.Workloads.FirstOrDefault(workload => workload.Label == label)?.Name
                ?? (plan.Gateway?.Label == label ? plan.Gateway.Name : null);

    private static string? Refuse(JsonObject before, JsonObject after)
    {
        foreach (var member in (string[])["apiVersion", "kind"])
        {
            if (!JsonNode.DeepEquals(before[member], after[member]))
                return $"changes {member}, which makes it another object; change what is in it";
        }
        foreach (var member in (string[])["name", "namespace", "labels"])
        {
            var (old, now) = (before["metadata"]![member], (after["metadata"] as JsonObject)?[member]);
            var isKept = old is JsonObject labels
                ? labels.All(label => JsonNode.DeepEquals(label.Value, (now as JsonObject)?[label.Key]))
                : JsonNode.DeepEquals(old, now);
            if (!isKept)
                return $"changes metadata.{member}, by which deploy.sh finds it; add to it, or leave it";
        }
        return null;
    }
}
