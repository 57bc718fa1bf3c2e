using System.Text.Json;
using AspireDeploy.Model;
using AspireDeploy.Tests.Cases;
using AspireDeploy.Tests.Writers.Bicep;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// The modules of every case, and of the solution, as ARM templates, compiled together and once: the compiler takes seconds to start.
/// </summary>
public sealed class AzureTemplates : IAsyncLifetime
{
    private IReadOnlyDictionary<string, JsonElement> _templates = new Dictionary<string, JsonElement>();

    /// <summary>Gets or sets what the compiler and its linter said of all of them.</summary>
    public string Messages { get; private set; } = "";

    /// <summary>Gets how many there are.</summary>
    public int Count => _templates.Count;

    public async ValueTask InitializeAsync()
    {
        var files = TargetCase
            .InAndAppHost(AzureCases.Folder)
            .Select(static row => row.Data)
            .SelectMany(static name =>
                AzureCases
                    .FilesOf(name)
                    .Where(static file => file.Path.EndsWith(".bicep", StringComparison.Ordinal))
                    .Select(file => (Path: $"{name}/{file.Path}", file.Content))
            );
        (Messages, _templates) = await BicepCompiler.CompileAsync(
            files.ToDictionary(static file => file.Path, static file => file.Content)
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Returns the names of a case's modules.</summary>
    internal IEnumerable<string> ModulesOf(string name) =>
        _templates
            .Keys.Where(path => path.StartsWith($"{name}/", StringComparison.Ordinal))
            .Select(path => path[(name.Length + 1)..^".bicep".Length]);

    /// <summary>Returns a module's template.</summary>
    internal JsonElement Of(string name, string module) => _templates[$"{name}/{module}.bicep"];

    /// <summary>Returns the only resource of a type in a module.</summary>
    internal JsonElement Resource(string name, string module, string type) => Resources(name, module, type).Single();

    /// <summary>Returns the resources of a type in a module.</summary>
    internal IEnumerable<JsonElement> Resources(string name, string module, string type) =>
        Resources(name, module).Where(resource => resource.GetProperty("type").GetString() == type);

    /// <summary>Returns the resources of a module.</summary>
    internal IEnumerable<JsonElement> Resources(string name, string module) =>
        Of(name, module).GetProperty("resources") is { ValueKind: JsonValueKind.Object } byName
            ? byName.EnumerateObject().Select(static resource => resource.Value)
            : Of(name, module).GetProperty("resources").EnumerateArray();

    /// <summary>Returns what an app or a job runs.</summary>
    internal JsonElement Template(string name, Workload workload) =>
        Resource(name, workload.Name, workload.IsJob ? "Microsoft.App/jobs" : "Microsoft.App/containerApps")
            .GetProperty("properties")
            .GetProperty("template");

    /// <summary>Returns its one container.</summary>
    internal JsonElement Container(string name, Workload workload) =>
        Template(name, workload).GetProperty("containers").EnumerateArray().Single();

    /// <summary>Returns how an app or a job is set up.</summary>
    internal JsonElement Configuration(string name, Workload workload) =>
        Resource(name, workload.Name, workload.IsJob ? "Microsoft.App/jobs" : "Microsoft.App/containerApps")
            .GetProperty("properties")
            .GetProperty("configuration");
}
