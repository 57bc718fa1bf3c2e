using System.Text.Json.Nodes;

namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// A patch that kubectl sends, put into the object that it is for.
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-update)
/// </summary>
internal static class ClusterPatch
{
    private const string Applied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>
    /// Returns what becomes of an object. That of <c>kubectl apply</c> holds it whole, as it was applied; that of <c>kubectl diff</c> only
    /// what is new of it.
    /// </summary>
    internal static JsonObject Put(JsonObject before, JsonObject patch)
    {
        if ((string?)patch["metadata"]?["annotations"]?[Applied] is not { } applied)
            return Merge(before, patch);
        var desired = JsonNode.Parse(applied)!.AsObject();
        var metadata = desired["metadata"]!.AsObject();
        if (metadata["annotations"] is not JsonObject annotations)
            metadata["annotations"] = annotations = [];
        annotations[Applied] = applied;
        return desired;
    }

    private static JsonObject Merge(JsonObject before, JsonObject patch)
    {
        var merged = (JsonObject)before.DeepClone();
        // What starts with a dollar sign is an instruction, to keep an order for example.
        foreach (var (name, value) in patch.Where(static entry => entry.Key[0] != '$'))
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = (merged[name], value) switch
                {
                    (JsonObject old, JsonObject changed) => Merge(old, changed),
                    (JsonArray old, JsonArray changed)
                        when changed.All(static each => each is JsonObject named && named.ContainsKey("name")) => MergeByName(old, changed),
                    _ => value.DeepClone(),
                };
        }
        return merged;
    }

    private static JsonArray MergeByName(JsonArray before, JsonArray changed)
    {
        var merged = before.ToDictionary(static each => (string)each!["name"]!, static each => (JsonObject)each!.DeepClone());
        foreach (var each in changed.Select(static each => each!.AsObject()))
        {
            var name = (string)each["name"]!;
            if ((string?)each["$patch"] == "delete")
                merged.Remove(name);
            else
                merged[name] = Merge(merged.GetValueOrDefault(name) ?? [], each);
        }
        return [.. merged.Values];
    }
}
