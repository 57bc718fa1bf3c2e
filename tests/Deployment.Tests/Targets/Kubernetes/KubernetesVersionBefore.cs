using System.Diagnostics;
using System.Text.Json;
using AspireDeploy.Engines;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>
/// The minor version of Kubernetes before the one that <see cref="KubernetesObjects"/> reads by, as Kubernetes' own client for JavaScript
/// has it. What is in a manifest and not in that version, or of another type, is a complaint.
/// </summary>
internal sealed class KubernetesVersionBefore
{
    // All at once: to start the program takes longer than its work.
    private static readonly Lazy<KubernetesVersionBefore> Cases = new(CheckCases);

    private readonly Dictionary<string, string[]> _complaints;

    private KubernetesVersionBefore(int minor, Dictionary<string, string[]> complaints) => (Minor, _complaints) = (minor, complaints);

    /// <summary>Gets the version's second number.</summary>
    internal int Minor { get; }

    internal static KubernetesVersionBefore OfCases => Cases.Value;

    /// <summary>Returns what is said against the manifests of a case.</summary>
    internal IEnumerable<string> Against(string name) =>
        _complaints
            .Where(file => file.Key.StartsWith(name + "/", StringComparison.Ordinal))
            .SelectMany(static file => file.Value.Select(complaint => $"{file.Key}: {complaint}"));

    /// <summary>Returns what is said against a text.</summary>
    internal static IEnumerable<string> AgainstText(string yaml) => Check([("text/object.yaml", yaml)])._complaints.Values.Single();

    private static KubernetesVersionBefore CheckCases() =>
        Check(
            KubernetesCases
                .All.Select(static row => row.Data)
                .SelectMany(static name =>
                    KubernetesCases
                        .FilesOf(name)
                        .Where(static file => file.Path.EndsWith(".yaml", StringComparison.Ordinal) && file.Path != "kustomization.yaml")
                        .Select(file => ($"{name}/{file.Path}", file.Content))
                )
        );

    private static KubernetesVersionBefore Check(IEnumerable<(string Path, string Content)> files)
    {
        if (!Directory.Exists(Path.Combine(TargetCase.Project, "node_modules", "@kubernetes")))
            Engine.Missing("Kubernetes' models aren't installed: npm ci --prefix tests/Deployment.Tests");
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-kubernetes-");
        try
        {
            var paths = new List<string>();
            foreach (var (path, content) in files)
            {
                paths.Add(path);
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullName, path))!);
                File.WriteAllText(Path.Combine(folder.FullName, path), content);
            }
            var start = new ProcessStartInfo("node", [Path.Combine(TargetCase.Project, "kubernetes-check.mjs"), .. paths])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var said = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, said.Result);
            using var result = JsonDocument.Parse(output);
            return new(
                result.RootElement.GetProperty("minor").GetInt32(),
                result.RootElement.GetProperty("files").Deserialize<Dictionary<string, string[]>>()!
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
