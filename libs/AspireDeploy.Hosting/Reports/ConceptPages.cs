using System.Text;
using AspireDeploy.Model;
using AspireDeploy.Targets;

namespace AspireDeploy.Reports;

/// <summary>The pages of <c>docs/concepts</c>: which concepts each is about, and its tables, made from the targets' own.</summary>
internal static class ConceptPages
{
    private const string Begin = "<!-- targets -->\n";
    private const string End = "<!-- /targets -->\n";

    /// <summary>Gets the pages, in the order of the index, with their concepts.</summary>
    public static IReadOnlyList<(string File, Concept[] Concepts)> All { get; } =
    [
        ("https.md", [Concept.Https, Concept.Routing]),
        ("startup.md", [Concept.Startup, Concept.Waits, Concept.Pull]),
        ("health.md", [Concept.StartupProbe, Concept.Readiness, Concept.Liveness]),
        ("restarts.md", [Concept.Restart, Concept.BackOff]),
        ("replication.md", [Concept.Replicas, Concept.Autoscale, Concept.Update]),
        ("memory.md", [Concept.Memory, Concept.Cpu, Concept.Pids]),
        ("previous-steps.md", [Concept.PreviousSteps]),
        ("secrets.md", [Concept.Secrets]),
        ("data.md", [Concept.Data, Concept.Files]),
        ("network.md", [Concept.Network, Concept.ExternalPort]),
        ("isolation.md", [Concept.Isolation]),
        ("stopping.md", [Concept.Stop]),
    ];

    /// <summary>Returns a page with its tables as the targets have them now.</summary>
    /// <param name="page">The page's text.</param>
    /// <param name="concepts">Its concepts.</param>
    /// <param name="targets">Every target.</param>
    /// <exception cref="FormatException">The page has no place for them.</exception>
    public static string Update(string page, IEnumerable<Concept> concepts, IReadOnlyList<ITarget> targets)
    {
        ArgumentNullException.ThrowIfNull(concepts);
        ArgumentNullException.ThrowIfNull(targets);
        var tables = new StringBuilder();
        foreach (var concept in concepts.Select(Concepts.Definition))
        {
            tables
                .Append("\n### ")
                .Append(concept.Title)
                .Append(" (`")
                .Append(concept.Key)
                .Append("`)\n\n| target | how | weakened, or refused |\n|---|---|---|\n");
            foreach (var target in targets)
            {
                var rule = target.Concepts[concept.Concept];
                tables
                    .Append("| ")
                    .Append(target.Title)
                    .Append(" | ")
                    .Append(Cell(rule.Mechanism))
                    .Append(" | ")
                    .Append(Cell(Shortfalls(rule)))
                    .Append(" |\n");
            }
        }
        return Fill(page, tables.Append('\n').ToString());
    }

    /// <summary>Returns the index with its table as it is now.</summary>
    /// <param name="page">The index's text.</param>
    /// <exception cref="FormatException">It has no place for it.</exception>
    public static string UpdateIndex(string page)
    {
        var table = new StringBuilder("\n| concept | name | declared by |\n|---|---|---|\n");
        foreach (
            var (file, concept) in All.SelectMany(static entry =>
                entry.Concepts.Select(concept => (entry.File, Concept: Concepts.Definition(concept)))
            )
        )
            table
                .Append("| [")
                .Append(concept.Title)
                .Append("](")
                .Append(file)
                .Append(") | `")
                .Append(concept.Key)
                .Append("` | ")
                .Append(concept.DeclaredBy)
                .Append(" |\n");
        return Fill(page, table.Append('\n').ToString());
    }

    private static string Fill(string page, string tables)
    {
        ArgumentNullException.ThrowIfNull(page);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new FormatException($"The page has no lines {Begin.Trim()} and {End.Trim()}.");
        return page[..(begin + Begin.Length)] + tables + page[end..];
    }

    private static string Shortfalls(ConceptRule rule)
    {
        string[] parts =
        [
            rule.Weakens is null ? "" : $"*weakened*: {rule.Weakens}",
            rule.Refuses is null ? "" : $"*refused*: {rule.Refuses}",
        ];
        return string.Join("; ", parts.Where(static part => part.Length > 0));
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
