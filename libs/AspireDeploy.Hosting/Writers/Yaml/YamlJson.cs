using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireDeploy.Writers.Yaml;

/// <summary>YAML as JSON, for code that changes it; and back, with the comments and the style of all that is as it was.</summary>
internal static class YamlJson
{
    /// <summary>Returns a map as an object.</summary>
    internal static JsonObject Read(YamlMap map)
    {
        var read = new JsonObject();
        foreach (var entry in map)
            read[entry.Key] = Read(entry.Value);
        return read;
    }

    /// <summary>
    /// Returns a map with the members and values of an object: what doesn't differ stays, in its place, and what is new stands at the end.
    /// </summary>
    internal static YamlMap Change(YamlMap map, JsonObject after)
    {
        var changed = new YamlMap();
        foreach (var entry in map.Where(entry => after.ContainsKey(entry.Key)))
            changed.Add(entry.Key, Change(entry.Value, after[entry.Key]), entry.Comment, entry.Gap);
        var known = map.Select(static entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in after.Where(member => !known.Contains(member.Key)))
            changed.Add(name, Write(value));
        return changed;
    }

    private static JsonNode Read(YamlNode node) =>
        node switch
        {
            YamlMap map => Read(map),
            YamlList list => new JsonArray([.. list.Select(Read)]),
            YamlNumber number => JsonValue.Create(number.Number),
            YamlDecimal number => JsonValue.Create(number.Number),
            YamlFlag flag => JsonValue.Create(flag.Flag),
            YamlText text => JsonValue.Create(text.Text),
            _ => throw new NotSupportedException($"{node.GetType().Name} can't be read."),
        };

    private static YamlNode Change(YamlNode node, JsonNode? after)
    {
        if (JsonNode.DeepEquals(Read(node), after))
            return node;
        return (node, after) switch
        {
            (YamlMap map, JsonObject members) => Change(map, members),
            (YamlList list, JsonArray items) => Change(list, items),
            (YamlText { Quoted: true }, JsonValue value) when value.GetValueKind() == JsonValueKind.String => new YamlText(
                value.GetValue<string>()
            )
            {
                Quoted = true,
            },
            _ => Write(after),
        };
    }

    private static YamlList Change(YamlList list, JsonArray after)
    {
        var changed = new YamlList { Flow = list.Flow && after.All(static item => item is JsonValue) };
        foreach (var (index, item) in after.Index())
            changed.Add(index < list.Count ? Change(list.ElementAt(index), item) : Write(item));
        return changed;
    }

    private static YamlNode Write(JsonNode? node) =>
        node switch
        {
            JsonObject members => Change([], members),
            JsonArray items => Change(new YamlList(), items),
            JsonValue value => value.GetValueKind() switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when value.TryGetValue<long>(out var whole) => whole,
                JsonValueKind.Number => new YamlDecimal(value.GetValue<decimal>()),
                _ => new YamlText(value.GetValue<string>()),
            },
            _ => throw new NotSupportedException("Nothing can't be written."),
        };
}
