using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// Describes what azd makes of a manifest: the template that it provisions, with a module for each <c>azure.bicep.v0</c>, and an output for
/// each that a deployment asks for. (Azure/azure-dev, cli/azd/pkg/apphost/generate.go, cli/azd/resources/apphost/templates/main.bicept)
/// </summary>
internal static partial class AzdTemplate
{
    internal static string Of(JsonElement resources)
    {
        var text = new StringBuilder(
            """
            targetScope = 'subscription'
            param environmentName string
            param location string
            param principalId string = ''

            """
        );
        // It has all of them, whether a module takes them or a deployment does.
        foreach (var parameter in OfType(resources, "parameter.v0"))
            text.Append("@secure()\n#disable-next-line no-unused-params\nparam ").Append(Symbol(parameter.Name)).Append(" string\n");
        text.Append(
            """
            resource rg 'Microsoft.Resources/resourceGroups@2022-09-01' = {
              name: 'rg-${environmentName}'
              location: location
            }

            """
        );
        foreach (var module in OfType(resources, "azure.bicep.v0"))
        {
            text.Append("module ")
                .Append(Symbol(module.Name))
                .Append(" '")
                .Append(module.Value.GetProperty("path").GetString())
                .Append("' = {\n  name: '")
                .Append(module.Name)
                .Append("'\n  scope: rg\n  params: {\n    location: location\n");
            foreach (var argument in module.Value.GetProperty("params").EnumerateObject())
                text.Append("    ").Append(argument.Name).Append(": ").Append(Argument(argument.Value.GetString()!)).Append('\n');
            text.Append("  }\n}\n");
        }
        foreach (var (name, value) in Outputs(resources))
            text.Append("output ").Append(name).Append(" string = ").Append(value).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<JsonProperty> OfType(JsonElement resources, string type) =>
        resources.EnumerateObject().Where(resource => resource.Value.GetProperty("type").GetString() == type);

    // A parameter that is called userPrincipalId and is given nothing is given who deploys.
    private static string Argument(string text) =>
        text.Length == 0 ? "principalId" : Symbol(text.TrimStart('{').TrimEnd('}').Replace(".value", "", StringComparison.Ordinal));

    private static SortedDictionary<string, string> Outputs(JsonElement resources)
    {
        var outputs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var argument in resources
                .EnumerateObject()
                .Where(static resource => resource.Value.TryGetProperty("deployment", out _))
                .SelectMany(static resource => resource.Value.GetProperty("deployment").GetProperty("params").EnumerateObject())
        )
        {
            if (Output().Match(argument.Value.GetString()!) is not { Success: true } match)
                continue;
            var value = Symbol(match.Value.Trim('{', '}'));
            outputs[Symbol($"{match.Groups["resource"].Value}_{match.Groups["output"].Value}".ToUpperInvariant())] = value;
            if (match.Groups["output"].Value.Contains("AZURE_CONTAINER_REGISTRY_ENDPOINT", StringComparison.Ordinal))
                outputs["AZURE_CONTAINER_REGISTRY_ENDPOINT"] = value;
        }
        return outputs;
    }

    private static string Symbol(string name) => name.Replace('-', '_');

    [GeneratedRegex(@"\{(?<resource>[a-zA-Z0-9\-]+)\.outputs\.(?<output>[a-zA-Z0-9\-_]+)\}")]
    private static partial Regex Output();
}
