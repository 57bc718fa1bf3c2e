using System.Text;
using AspireDeploy.Targets;

namespace AspireDeploy.Reports;

/// <summary><c>docs/targets.md</c>: every concept on every target, from the targets' own tables.</summary>
internal static class TargetMatrix
{
    /// <summary>Writes the page.</summary>
    public static string Write(IReadOnlyList<ITarget> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var page = new StringBuilder("# Concepts and targets\n\n"
            + "What each target does with each concept, made from the targets' own tables: a target carries a concept by the mechanism named here, carries less of it and says\n"
            + "how to have the whole (*weakened*), or refuses to publish (*refused*; `--allow-loss RESOURCE.CONCEPT` lets one through, and the report keeps it in red). The word in brackets is the concept's name in that option.\n\n");
        page.Append("| concept | declared by |").AppendJoin("", targets.Select(static target => $" {target.Title} |")).Append("\n|---|---|").Insert(page.Length, "---|", targets.Count).Append('\n');
        foreach (var concept in Concepts.All)
        {
            page.Append("| ").Append(concept.Title).Append(" (`").Append(concept.Key).Append("`) | ").Append(concept.DeclaredBy).Append(" |");
            foreach (var target in targets) page.Append(' ').Append(Cell(target.Concepts[concept.Concept])).Append(" |");
            page.Append('\n');
        }
        return page.ToString();
    }

    private static string Cell(ConceptRule rule)
    {
        string[] parts = [rule.Mechanism, rule.Weakens is null ? "" : $"**weakened**: {rule.Weakens}", rule.Refuses is null ? "" : $"**refused**: {rule.Refuses}"];
        return string.Join("; ", parts.Where(static part => part.Length > 0)).Replace("|", "\\|", StringComparison.Ordinal);
    }
}
