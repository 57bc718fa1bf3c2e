using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AspireDeploy.Tests.Reading;

/// <summary>
/// Aspire's own manifest of an application: what it tells each resource's process, with every expression resolved but for what is known
/// only once deployed, <c>&lt;api.http.host&gt;</c> and <c>&lt;postgres-password&gt;</c>.
/// </summary>
internal sealed partial class AspireManifest
{
    private readonly JsonObject _resources;

    private AspireManifest(JsonObject resources) => _resources = resources;

    /// <summary>Has Aspire write the manifest.</summary>
    /// <param name="build">Builds the application with these arguments.</param>
    internal static async Task<AspireManifest> OfAsync(Func<string[], Task<DistributedApplication>> build)
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-manifest-");
        try
        {
            var file = Path.Combine(folder.FullName, "aspire-manifest.json");
            await using var application = await build(["--operation", "publish", "--publisher", "manifest", "--output-path", file]);
            await application.RunAsync(token);
            return new(JsonNode.Parse(await File.ReadAllTextAsync(file, token))!["resources"]!.AsObject());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Returns the environment variables of a resource.</summary>
    internal SortedDictionary<string, string> EnvironmentOf(string name) =>
        Sorted((_resources[name]!["env"]?.AsObject() ?? []).Select(each => KeyValuePair.Create(each.Key, Resolve((string)each.Value!))));

    /// <summary>Variables by name.</summary>
    internal static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> variables) =>
        new(variables.ToDictionary(), StringComparer.Ordinal);

    /// <summary>Returns the arguments of a resource.</summary>
    internal string[] ArgumentsOf(string name) => [.. (_resources[name]!["args"]?.AsArray() ?? []).Select(each => Resolve((string)each!))];

    private string Resolve(string text) =>
        Expression()
            .Replace(text, match => match.Groups["path"].Value.Split('.') switch
                {
                    [var name, "bindings", var binding, "scheme"] => (string)_resources[name]!["bindings"]![binding]!["scheme"]!,
                    [var name, "bindings", var binding, var property] => $"<{name}.{binding}.{property}>".ToLowerInvariant(),
                    [var name, "connectionString"] => Resolve((string)_resources[name]!["connectionString"]!),
                    [var name, "value"] when (string?)_resources[name]!["filter"] == "uri" =>
                        $"{Resolve((string)_resources[name]!["value"]!)[..^1]}:uri>",
                    [var name, "value"] => Resolve((string)_resources[name]!["value"]!),
                    [var name, "inputs", "value"] => $"<{name}>",
                    _ => throw new InvalidDataException($"{match.Value} in Aspire's manifest isn't known here."),
                });

    [GeneratedRegex(@"\{(?<path>[a-zA-Z][a-zA-Z0-9-]*(?:\.[a-zA-Z0-9-]+)+)\}")]
    private static partial Regex Expression();
}
