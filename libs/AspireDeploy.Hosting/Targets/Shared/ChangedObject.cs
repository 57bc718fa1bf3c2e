using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Shared;

/// <summary>Has the AppHost change an object before it is written.</summary>
internal static partial class ChangedObject
{
    /// <summary>Makes changes, in their order.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="before">The object as it would be written.</param>
    /// <param name="refuse">Says what mustn't be, from the object before and after, as the rest of a sentence; null where nothing is
    /// wrong.</param>
    /// <returns>The object as it is to be written, and the members that differ.</returns>
    /// <exception cref="PlanException">A change fails, or makes the object one that can't be deployed.</exception>
    internal static (JsonObject After, EquatableArray<string> Members) Apply(
        IEnumerable<ObjectChange> changes,
        JsonObject before,
        Func<JsonObject, JsonObject, string?> refuse
    )
    {
        var after = before;
        foreach (var change in changes)
        {
            after = Apply(change, after);
            if (refuse(before, after) is { } wrong)
                throw new PlanException([new($"{change.Resource}.{change.Method}", wrong)]);
        }
        return (after, Differences(before, after, "").ToEquatableArray());
    }

    private static JsonObject Apply(ObjectChange change, JsonObject before)
    {
        try
        {
            var changed = before.DeepClone().AsObject();
            change.Apply(changed);
            // Whatever values it was given are JSON's own then.
            var after = JsonNode.Parse(changed.ToJsonString())!.AsObject();
            LeaveOutNothing(after);
            return after;
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            throw new PlanException([
                new(
                    $"{change.Resource}.{change.Method}",
                    $"fails with {failed.GetType().Name}: {failed.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}; mend what it "
                        + "does in the AppHost"
                ),
            ]);
        }
    }

    private static void LeaveOutNothing(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            items.RemoveAll(static item => item is null);
            foreach (var item in items)
                LeaveOutNothing(item);
        }
        if (node is not JsonObject members)
            return;
        foreach (var (name, value) in members.ToList())
        {
            if (value is null)
                members.Remove(name);
            else
                LeaveOutNothing(value);
        }
    }

    private static IEnumerable<string> Differences(JsonNode? before, JsonNode? after, string path)
    {
        if (JsonNode.DeepEquals(before, after))
            return [];
        return (before, after) switch
        {
            (JsonObject old, JsonObject now) => old.Select(static each => each.Key)
                .Union(now.Select(static each => each.Key))
                .SelectMany(name => Differences(old[name], now[name], Member(path, name))),
            (JsonArray old, JsonArray now) when old.Count == now.Count => old.Zip(now)
                .SelectMany((pair, index) => Differences(pair.First, pair.Second, $"{path}[{index}]")),
            _ => [path],
        };
    }

    private static string Member(string path, string name) =>
        !Name().IsMatch(name) ? $"{path}[{JsonSerializer.Serialize(name)}]"
        : path.Length == 0 ? name
        : $"{path}.{name}";

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
