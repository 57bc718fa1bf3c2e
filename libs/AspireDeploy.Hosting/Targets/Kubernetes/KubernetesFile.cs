using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>What is the same of every object's file.</summary>
internal sealed class KubernetesFile(DeploymentPlan plan, KubernetesOptions options)
{
    internal const string NameLabel = "app.kubernetes.io/name";
    internal const string PartOfLabel = "app.kubernetes.io/part-of";
    internal const string ManagedByLabel = "app.kubernetes.io/managed-by";
    internal const string Manager = "aspiredeploy";

    /// <summary>The namespace's own file. It isn't among those that are applied together: it would mark a namespace that somebody else has made as this deployment's.</summary>
    internal const string NamespacePath = "namespace.yaml";

    /// <summary>The namespace that all of it is in.</summary>
    internal string Namespace { get; } = NamespaceOf(plan, options);

    /// <summary>The label of everything that belongs to the deployment.</summary>
    internal string Application { get; } = plan.Name.ToLowerInvariant();

    internal static string NamespaceOf(DeploymentPlan plan, KubernetesOptions options) => options.Namespace ?? plan.Name.ToLowerInvariant();

    /// <summary>The labels by which a resource's pods are found.</summary>
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
    internal PublishedFile Write(string folder, string file, string type, string name, YamlMap content, string comment, YamlMap? labels = null, YamlMap? annotations = null, bool namespaced = true)
    {
        var (version, kind) = (type[..type.IndexOf(' ', StringComparison.Ordinal)], type[(type.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var all = folder.Length > 0 ? Selector(folder) : new YamlMap { { PartOfLabel, Application } };
        all.Add(ManagedByLabel, Manager);
        foreach (var label in labels ?? []) all.Add(label.Key, label.Value);
        var map = new YamlMap
        {
            { "apiVersion", version }, { "kind", kind },
            { "metadata", new YamlMap { { "name", name }, { "namespace", namespaced ? Namespace : null }, { "labels", all }, { "annotations", annotations is { Count: > 0 } ? annotations : null } } },
        };
        foreach (var entry in content) map.Add(entry.Key, entry.Value, entry.Comment, entry.Gap);
        return new(folder.Length > 0 ? $"{folder}/{file}.yaml" : $"{file}.yaml", YamlWriter.Write(map, $"{comment}\nMade by publishing: change the AppHost, not this file."));
    }
}
