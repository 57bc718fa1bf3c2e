using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AspireDeploy.Writers.Hcl;

/// <summary>
/// HCL as JSON, for code that changes it; and back, with the comments and the style of all that is as it was. A block's labels are members
/// of their own, and of blocks without labels that stand several times there is an array, as in HCL's own JSON. Texts are templates, in
/// which a <c>${</c> that stands for itself is <c>$${</c>. (https://github.com/hashicorp/hcl/blob/main/json/spec.md)
/// </summary>
internal static partial class HclJson
{
    // Blocks of a job that have a label wherever they stand.
    private static readonly HashSet<string> Labelled = new(StringComparer.Ordinal)
    {
        "group",
        "task",
        "volume",
        "port",
        "device",
        "secret",
        "action",
    };

    /// <summary>Returns what is in a body as an object.</summary>
    internal static JsonObject Read(HclBody body)
    {
        var read = new JsonObject();
        foreach (var argument in body.OfType<HclArgument>())
            read[argument.Name] = Read(argument.Value);
        foreach (var blocks in body.OfType<HclBlock>().GroupBy(static block => block.Type[0]))
        {
            foreach (var block in blocks.Where(static block => block.Type.Count > 1))
                Holder(read, block)[block.Type[^1]] = Read(block.Body);
            var plain = blocks.Where(static block => block.Type.Count == 1).Select(static block => Read(block.Body)).ToArray<JsonNode>();
            if (plain.Length > 0)
                read[blocks.Key] = plain.Length == 1 ? plain[0] : new JsonArray(plain);
        }
        return read;
    }

    /// <summary>
    /// Returns a body with the members and values of an object: what doesn't differ stays, in its place, and what is new stands at the end.
    /// </summary>
    internal static HclBody Change(HclBody body, JsonObject after)
    {
        var (changed, known, seen) = (new HclBody(), Read(body), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var entry in body)
        {
            switch (entry)
            {
                case HclArgument argument when after.TryGetPropertyValue(argument.Name, out var value):
                    changed.Add(JsonNode.DeepEquals(Read(argument.Value), value) ? argument : argument with { Value = Write(value!) });
                    break;
                case HclBlock block when Find(after, block, seen) is { } members:
                    changed.Add(block with { Body = Change(block.Body, members) });
                    break;
                default:
                    break;
            }
        }
        foreach (var (name, value) in after)
            AddNew(changed, name, value!, known[name], Math.Max(1, seen.GetValueOrDefault(name)));
        return changed;
    }

    /// <summary>
    /// Returns the first member that would be an argument or a block and can't be, as HCL has no such name; null if all can.
    /// </summary>
    internal static string? FindMisnamed(JsonObject members)
    {
        foreach (var (name, value) in members)
        {
            if (!Identifier().IsMatch(name))
                return name;
            var inner = value switch
            {
                JsonObject labels when Labelled.Contains(name) => labels.Select(static label => label.Value).OfType<JsonObject>(),
                // A value that is a map may have any key.
                JsonObject block when block.All(static member => Identifier().IsMatch(member.Key)) => [block],
                JsonArray blocks when blocks.All(static block => block is JsonObject) => blocks.OfType<JsonObject>(),
                _ => [],
            };
            if (inner.Select(FindMisnamed).FirstOrDefault(static found => found is not null) is { } found)
                return found;
        }
        return null;
    }

    private static JsonObject Holder(JsonObject read, HclBlock block)
    {
        var holder = read;
        foreach (var step in block.Type.SkipLast(1))
            holder = (holder[step] ??= new JsonObject()).AsObject();
        return holder;
    }

    private static JsonObject? Find(JsonObject after, HclBlock block, Dictionary<string, int> seen)
    {
        JsonNode? found = after;
        foreach (var step in block.Type)
            found = (found as JsonObject)?[step];
        if (block.Type.Count > 1)
            return found as JsonObject;
        var index = seen[block.Type[0]] = seen.GetValueOrDefault(block.Type[0]) + 1;
        return found switch
        {
            JsonObject one when index == 1 => one,
            JsonArray several when index <= several.Count => several[index - 1] as JsonObject,
            _ => null,
        };
    }

    // A block without labels that stood once is the first of those that there are now.
    private static void AddNew(HclBody body, string name, JsonNode value, JsonNode? known, int stood)
    {
        switch (value)
        {
            case JsonObject labels when IsLabelled(name, known):
                foreach (var (label, members) in labels.Where(label => (known as JsonObject)?.ContainsKey(label.Key) != true))
                    body.Add([name, label], Change([], members!.AsObject()));
                break;
            case JsonArray items when items.Count > 0 && items.All(static item => item is JsonObject):
                foreach (var item in items.Skip(known is null ? 0 : stood))
                    body.Add([name], Change([], item!.AsObject()));
                break;
            case JsonObject members when known is null && members.All(static member => Identifier().IsMatch(member.Key)):
                body.Add([name], Change([], members));
                break;
            case var other when known is null:
                body.Add(name, Write(other));
                break;
            default:
                break;
        }
    }

    private static bool IsLabelled(string name, JsonNode? known) => Labelled.Contains(name) && known is null or JsonObject;

    private static JsonNode Read(object value) =>
        value switch
        {
            string text => JsonValue.Create(HclWriter.Escape(text)),
            HclTemplate template => JsonValue.Create(template.Text),
            HclInterpolation known => JsonValue.Create($"${{{known.Name}}}"),
            bool flag => JsonValue.Create(flag),
            int number => JsonValue.Create(number),
            long number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            IEnumerable<object> list => new JsonArray([.. list.Select(Read)]),
            IEnumerable<KeyValuePair<string, object>> map => new JsonObject(
                map.Select(static member => KeyValuePair.Create<string, JsonNode?>(member.Key, Read(member.Value)))
            ),
            IEnumerable<KeyValuePair<string, string>> map => new JsonObject(
                map.Select(static member => KeyValuePair.Create<string, JsonNode?>(member.Key, Read(member.Value)))
            ),
            _ => throw new NotSupportedException($"{value.GetType().Name} can't be read."),
        };

    private static object Write(JsonNode node) =>
        node switch
        {
            JsonObject members => members.Select(static member => KeyValuePair.Create(member.Key, Write(member.Value!))).ToList(),
            JsonArray items => items.Select(static item => Write(item!)).ToList(),
            JsonValue value => value.GetValueKind() switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when value.TryGetValue<long>(out var whole) => whole,
                JsonValueKind.Number => value.GetValue<decimal>(),
                _ => new HclTemplate(value.GetValue<string>()),
            },
            _ => throw new NotSupportedException($"{node.GetValueKind()} can't be written."),
        };

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
