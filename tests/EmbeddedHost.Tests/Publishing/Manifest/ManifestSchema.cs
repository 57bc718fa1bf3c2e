using System.Text.Json;

namespace EmbeddedHost.Tests.Manifest;

/// <summary>
/// The rules of the published schema <c>aspire-8.0.json</c> for the resources that we write: which properties each type may and must have, and what they
/// may be. The one departure is a binding's scheme, see docs/decisions/azd-manifest.md.
/// </summary>
internal static class ManifestSchema
{
    private static readonly string[] Bindings = ["scheme:string!", "protocol:string!", "transport:string!", "external:bool", "targetPort:number", "port:number"];

    private static readonly Dictionary<string, string[]> Types = new()
    {
        ["container.v0"] = ["type:string!", "image:string!", "entrypoint:string", "args:strings", "connectionString:string", "env:map", "bindings:bindings", "bindMounts:binds", "volumes:volumes"],
        ["container.v1"] = ["type:string!", "image:string!", "entrypoint:string", "deployment:object", "args:strings", "connectionString:string", "env:map", "bindings:bindings", "bindMounts:binds", "volumes:volumes"],
        ["project.v0"] = ["type:string!", "path:string!", "args:strings", "env:map", "bindings:bindings"],
        ["project.v1"] = ["type:string!", "path:string!", "deployment:object", "args:strings", "env:map", "bindings:bindings"],
        ["executable.v0"] = ["type:string!", "workingDirectory:string!", "command:string!", "args:strings", "env:map", "bindings:bindings"],
        ["value.v0"] = ["type:string!", "connectionString:string!"],
        ["parameter.v0"] = ["type:string!", "value:string!", "connectionString:string", "inputs:inputs!"],
        ["annotated.string"] = ["type:string!", "value:string!", "filter:filter!"],
    };

    /// <summary>Fails if a manifest breaks a rule, or names a resource that isn't in it.</summary>
    public static void Check(JsonElement manifest)
    {
        Properties("manifest", manifest, ["resources:object!"]);
        var resources = manifest.GetProperty("resources");
        foreach (var resource in resources.EnumerateObject())
        {
            var type = resource.Value.GetProperty("type").GetString()!;
            Properties(resource.Name, resource.Value, Types.TryGetValue(type, out var rules) ? rules : throw new InvalidOperationException($"{resource.Name}: unknown type {type}"));
        }

        foreach (var name in References(manifest.GetRawText()))
        {
            Assert.True(resources.TryGetProperty(name, out _), $"Something refers to '{name}', which isn't in the manifest.");
        }
    }

    private static IEnumerable<string> References(string json) =>
        System.Text.RegularExpressions.Regex.Matches(json, @"\{([A-Za-z][A-Za-z0-9-]*)\.(?:value|inputs|bindings|connectionString)").Select(m => m.Groups[1].Value).Distinct();

    private static void Properties(string where, JsonElement element, IReadOnlyCollection<string> rules)
    {
        var known = rules.Select(r => r.TrimEnd('!').Split(':')).ToDictionary(r => r[0], r => r[1]);
        foreach (var property in element.EnumerateObject())
        {
            Assert.True(known.TryGetValue(property.Name, out var kind), $"{where} may not have '{property.Name}'.");
            Value($"{where}.{property.Name}", property.Value, kind!);
        }

        foreach (var required in rules.Where(r => r.EndsWith('!')).Select(r => r.Split(':')[0]))
        {
            Assert.True(element.TryGetProperty(required, out _), $"{where} must have '{required}'.");
        }
    }

    private static void Value(string where, JsonElement value, string kind)
    {
        switch (kind)
        {
            case "string":
                Assert.Equal(JsonValueKind.String, value.ValueKind);
                break;
            case "filter":
                Assert.Equal("uri", value.GetString());
                break;
            case "bool":
                _ = value.GetBoolean();
                break;
            case "number":
                _ = value.GetInt32();
                break;
            case "object":
                Assert.Equal(JsonValueKind.Object, value.ValueKind);
                break;
            case "strings":
                Assert.All(value.EnumerateArray(), v => Assert.Equal(JsonValueKind.String, v.ValueKind));
                break;
            case "map":
                Assert.All(value.EnumerateObject(), v => Assert.Equal(JsonValueKind.String, v.Value.ValueKind));
                break;
            case "binds":
                Assert.All(value.EnumerateArray(), v => Properties(where, v, ["source:string!", "target:string!", "readOnly:bool!"]));
                break;
            case "volumes":
                Assert.All(value.EnumerateArray(), v => Properties(where, v, ["name:string!", "target:string!", "readOnly:bool!"]));
                break;
            case "bindings":
                Assert.All(value.EnumerateObject(), v => Properties($"{where}.{v.Name}", v.Value, Bindings));
                Assert.All(value.EnumerateObject(), v => Assert.Contains(v.Value.GetProperty("protocol").GetString(), (string[])["tcp", "udp"]));
                Assert.All(value.EnumerateObject(), v => Assert.Contains(v.Value.GetProperty("transport").GetString(), (string[])["http", "http2", "tcp"]));
                break;
            case "inputs":
                Assert.All(value.EnumerateObject(), v => Properties(where, v.Value, ["type:string!", "secret:bool", "default:object"]));
                break;
            default:
                throw new InvalidOperationException(kind);
        }
    }
}
