using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireDeploy.Writers.Bicep;

/// <summary>
/// Bicep as JSON, for code that changes it; and back, with all that is as it was. What Bicep computes is <c>${EXPRESSION}</c> in a text; a
/// <c>${</c> that stands for itself is <c>$${</c>.
/// </summary>
internal static class BicepJson
{
    /// <summary>Returns the properties of an object.</summary>
    internal static JsonObject Read(BicepObject body)
    {
        var read = new JsonObject();
        foreach (var property in body)
            read[NameOf(property)] = Read(property.Value);
        return read;
    }

    /// <summary>
    /// Returns an object with other properties and values: what doesn't differ stays, in its place, and what is new stands at the end.
    /// </summary>
    internal static BicepObject Change(BicepObject body, JsonObject after)
    {
        var changed = new BicepObject();
        foreach (var property in body.Where(property => after.ContainsKey(NameOf(property))))
            changed.Add(property.Name, Change(property.Value, after[NameOf(property)]!), property.Unless);
        var known = body.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in after.Where(member => !known.Contains(member.Key)))
            changed.Add(name, Write(value!));
        return changed;
    }

    private static string NameOf(BicepProperty property) => Text(property.Name);

    private static string Text(BicepValue value) =>
        value switch
        {
            BicepText text => string.Concat(
                text.Parts.Select(static part =>
                    part switch
                    {
                        BicepLiteral literal => Escape(literal.Text),
                        BicepInterpolation expression => $"${{{expression.Code.Text}}}",
                        _ => "",
                    }
                )
            ),
            BicepCode code => $"${{{code.Text}}}",
            BicepLines lines => Escape(lines.Text),
            _ => throw new NotSupportedException($"{value.GetType().Name} is no text."),
        };

    private static JsonNode Read(BicepValue value) =>
        value switch
        {
            BicepObject body => Read(body),
            BicepArray items => new JsonArray([.. items.Select(Read)]),
            BicepNumber number => JsonValue.Create(number.Value),
            BicepTruth truth => JsonValue.Create(truth.Value),
            _ => JsonValue.Create(Text(value)),
        };

    private static BicepValue Change(BicepValue value, JsonNode after) =>
        JsonNode.DeepEquals(Read(value), after)
            ? value
            : (value, after) switch
            {
                (BicepObject body, JsonObject members) => Change(body, members),
                (BicepArray old, JsonArray items) => new BicepArray(
                    items.Select((item, index) => index < old.Count ? Change(old.ElementAt(index), item!) : Write(item!))
                ),
                _ => Write(after),
            };

    private static BicepValue Write(JsonNode node) =>
        node switch
        {
            JsonObject members => Change([], members),
            JsonArray items => new BicepArray(items.Select(static item => Write(item!))),
            JsonValue value => value.GetValueKind() switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when value.TryGetValue<long>(out var whole) => new BicepNumber(whole),
                // Bicep has whole numbers alone.
                JsonValueKind.Number => new BicepCode($"json('{value.ToJsonString()}')"),
                _ => BicepText.Create(Parts(value.GetValue<string>())),
            },
            _ => throw new NotSupportedException($"{node.GetValueKind()} can't be written."),
        };

    private static IEnumerable<BicepTextPart> Parts(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf("${", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                yield return text[at..];
                yield break;
            }
            if (open > at && text[open - 1] == '$')
            {
                yield return text[at..(open - 1)] + "${";
                at = open + 2;
                continue;
            }
            yield return text[at..open];
            yield return new BicepCode(text[(open + 2)..close]);
            at = close + 1;
        }
    }

    private static string Escape(string text) => text.Replace("${", "$${", StringComparison.Ordinal);
}
