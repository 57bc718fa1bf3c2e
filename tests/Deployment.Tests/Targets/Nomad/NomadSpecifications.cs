using System.Diagnostics;
using System.Text.Json;
using AspireDeploy.Engines;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>
/// Describes what a target wrote, read back by HashiCorp's own parser of HCL. A block is a list of its bodies, under its labels where it
/// has any.
/// </summary>
internal sealed class NomadSpecifications(Dictionary<string, JsonElement> files)
{
    // All at once: the parser's start takes longer than its work.
    private static readonly Lazy<Dictionary<string, NomadSpecifications>> Cases = new(ReadCases);

    internal static NomadSpecifications OfCase(string name) => Cases.Value[name];

    internal static NomadSpecifications Of(DeploymentPlan plan, ITarget target) =>
        Read([("plan", Publication.Create(plan, target, []).Files)])["plan"];

    private static Dictionary<string, NomadSpecifications> ReadCases() =>
        Read(NomadCases.All.Select(static row => (row.Data, NomadCases.FilesOf(row.Data))));

    internal static Dictionary<string, NomadSpecifications> Read(IEnumerable<(string Name, IEnumerable<PublishedFile> Files)> publications)
    {
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-nomad-");
        try
        {
            var paths = new List<string>();
            foreach (var (name, files) in publications)
            {
                foreach (var file in files.Where(static file => file.Path.EndsWith(".hcl", StringComparison.Ordinal)))
                {
                    paths.Add($"{name}/{file.Path}");
                    Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullName, paths[^1]))!);
                    File.WriteAllText(Path.Combine(folder.FullName, paths[^1]), file.Content);
                }
            }
            return Parse(folder.FullName, paths)
                .GroupBy(static file => file.Key.Split('/')[0])
                .ToDictionary(
                    static group => group.Key,
                    static group => new NomadSpecifications(
                        group.ToDictionary(
                            static file => file.Key[(file.Key.IndexOf('/', StringComparison.Ordinal) + 1)..],
                            static file => file.Value
                        )
                    )
                );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal IEnumerable<JsonElement> Jobs =>
        files
            .Where(static file => file.Key.EndsWith(".nomad.hcl", StringComparison.Ordinal))
            .Select(static file => file.Value.GetProperty("job"));

    /// <summary>Gets every task of every job.</summary>
    internal IEnumerable<JsonElement> Tasks =>
        Jobs.SelectMany(static job => Inside(job))
            .SelectMany(static job => Inside(job.GetProperty("group")))
            .SelectMany(static group => Inside(group.GetProperty("task")));

    private static IEnumerable<JsonElement> Inside(JsonElement labelled) =>
        labelled.EnumerateObject().SelectMany(static each => each.Value.EnumerateArray());

    internal JsonElement Volume(string label) => files[$"volumes/{label}.volume.hcl"];

    /// <summary>Returns the job of a workload.</summary>
    internal JsonElement Job(string label) => files[$"{label}.nomad.hcl"].GetProperty("job").GetProperty($"shop-{label}")[0];

    /// <summary>Returns the group of a workload's job.</summary>
    internal JsonElement Group(string label) => Job(label).GetProperty("group").GetProperty(label)[0];

    /// <summary>Returns a task of a workload's job, its own unless named.</summary>
    internal JsonElement Task(string label, string? task = null) => Group(label).GetProperty("task").GetProperty(task ?? label)[0];

    private static Dictionary<string, JsonElement> Parse(string folder, IEnumerable<string> paths)
    {
        var project = TargetCase.Project;
        if (!Directory.Exists(Path.Combine(project, "node_modules")))
            Engine.Missing("HCL's parser isn't installed: npm ci --prefix tests/Deployment.Tests");
        var start = new ProcessStartInfo("node", [Path.Combine(project, "hcl-to-json.cjs"), .. paths])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said.Result);
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(output)!;
    }
}
