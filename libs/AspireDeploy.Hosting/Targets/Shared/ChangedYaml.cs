using System.Text.Json.Nodes;
using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Shared;

/// <summary>An object of YAML as it is written, with what the AppHost has changed in it.</summary>
/// <param name="Map">The object.</param>
/// <param name="Changes">What was changed; empty where nothing was declared.</param>
internal sealed record ChangedYaml(YamlMap Map, EquatableArray<PublishedChange> Changes)
{
    /// <summary>Makes changes of an object.</summary>
    /// <param name="changes">Those of this object, in their order.</param>
    /// <param name="name">What the object is called in the report.</param>
    /// <param name="map">The object as it would be written.</param>
    /// <param name="refuse">Says what mustn't be, from the object before and after, as the rest of a sentence; null where nothing is
    /// wrong.</param>
    internal static ChangedYaml Create(
        IReadOnlyList<ObjectChange> changes,
        string name,
        YamlMap map,
        Func<JsonObject, JsonObject, string?> refuse
    )
    {
        if (changes.Count == 0)
            return new(map, []);
        var (after, members) = ChangedObject.Apply(changes, YamlJson.Read(map), refuse);
        return new(members.IsEmpty ? map : YamlJson.Change(map, after), [new(changes[0].Resource, name, members)]);
    }
}
