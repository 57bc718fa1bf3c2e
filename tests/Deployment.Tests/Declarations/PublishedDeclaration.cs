using System.Text;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Reports;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Nomad;

namespace AspireDeploy.Tests.Declarations;

/// <summary>Describes what every target makes of a declaration.</summary>
/// <param name="Files">The files of each target that took it, by the target's name.</param>
/// <param name="Findings">What each target says of it: refusals, and what is weaker or not deployed.</param>
internal sealed record PublishedDeclaration(
    IReadOnlyDictionary<string, IReadOnlyList<PublishedFile>> Files,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Findings
)
{
    // Much the same in every case, and shown whole in the targets' own: scripts, what people fill in, and what all workloads share.
    private static readonly string[] Shared =
    [
        ".sh",
        ".gitignore",
        ".env",
        "deployment.md",
        "acl-policy.hcl",
        "workflow.yaml",
        "azure/azure.bicep",
        "kubernetes/kustomization.yaml",
        "namespace.yaml",
        "service-account.yaml",
    ];

    // Nomad's on a network of its clients: without one, every case would say that it is weaker.
    private static readonly ITarget[] Targets =
    [
        .. TargetCatalog.All.Select(static target =>
            target.Kind == "nomad" ? new NomadTarget(new NomadOptions { HostNetwork = "private" }) : target
        ),
    ];

    private static readonly Dictionary<string, Task<PublishedDeclaration>> Published = Declaration.All.ToDictionary(
        static declaration => declaration.Name,
        PublishAsync
    );

    /// <summary>Returns a declaration as it is published, which is done once.</summary>
    internal static Task<PublishedDeclaration> OfAsync(string name) => Published[name];

    /// <summary>
    /// Returns it as a file shows it: findings and files of each target, but for files that are those of the plainest declaration.
    /// </summary>
    internal string Show(PublishedDeclaration plainest)
    {
        var text = new StringBuilder();
        foreach (var target in Findings.Keys)
        {
            text.Append("==> ").Append(target).Append('\n');
            foreach (var finding in Findings[target])
                text.Append(finding).Append('\n');
            foreach (var file in Files.GetValueOrDefault(target, []).Where(file => !Shared.Any($"{target}/{file.Path}".EndsWith)))
            {
                if (this != plainest && plainest.Files[target].Contains(file))
                    continue;
                text.Append("==> ")
                    .Append(target)
                    .Append('/')
                    .Append(file.Path)
                    .Append('\n')
                    .Append(file.Content)
                    .Append(file.Content.EndsWith('\n') ? "" : "\n");
            }
        }
        return text.ToString();
    }

    private static async Task<PublishedDeclaration> PublishAsync(Declaration declaration)
    {
        var files = new Dictionary<string, IReadOnlyList<PublishedFile>>();
        var findings = new Dictionary<string, IReadOnlyList<string>>();
        try
        {
            var plan = await declaration.Solution.PlanAsync(declaration.Declare);
            foreach (var target in Targets)
            {
                try
                {
                    var publication = Publication.Create(plan, target, []);
                    (files[target.Kind], findings[target.Kind]) = (publication.Files, [.. FindingsOf(publication.Report)]);
                }
                catch (PlanException refused)
                {
                    findings[target.Kind] = [.. refused.Errors.Select(static error => $"refused: {error}")];
                }
            }
        }
        catch (PlanException refused)
        {
            findings["every target"] = [.. refused.Errors.Select(static error => $"refused: {error}")];
        }
        return new(files, findings);
    }

    private static IEnumerable<string> FindingsOf(DeploymentReport report) =>
        report
            .Rows.Where(static row => row.Result is { Outcome: Weakened, Declared: not ConceptResult.Undeclared })
            .Select(static row => (row.Result, Weaker: (Weakened)row.Result.Outcome))
            .Select(static row => $"weakened: {row.Result.Key} ({row.Result.Declared}): {row.Weaker.What}. Remedy: {row.Weaker.Remedy}.")
            // Every project's, and a test of its own.
            .Concat(
                report
                    .Plan.LeftOut.Where(static left => left.Name != "telemetry")
                    .Select(static left => $"not deployed: {left.Name}: {ReportTerminal.Words(left)}")
            )
            .Concat(
                report
                    .Notes.Where(static note => !note.Contains("has no memory limit", StringComparison.Ordinal))
                    .Select(static note => $"to consider: {note}")
            );
}
