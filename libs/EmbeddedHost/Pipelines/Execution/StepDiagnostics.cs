using System.Text;

namespace Aspire.Hosting.Pipelines;

/// <summary>Describes a pipeline to somebody who wonders why a step runs, or doesn't.</summary>
internal static class StepDiagnostics
{
    public static string Describe(StepGraph graph)
    {
        var text = new StringBuilder("Steps, in an order in which they could run:\n");
        foreach (var step in graph.Steps)
        {
            text.Append("  ").Append(step.Name);
            Append(text, "of", step.Resource is { } resource ? [resource.Name] : []);
            Append(text, "after", graph.DependenciesOf(step));
            Append(text, "tags", step.Tags);
            text.Append('\n');
            if (step.Description is { Length: > 0 } description)
            {
                text.Append("      ").Append(description).Append('\n');
            }
        }

        text.Append("What '--step NAME' runs:\n");
        foreach (var step in graph.Steps.Where(s => graph.DependenciesOf(s).Count > 0))
        {
            text.Append("  ").Append(step.Name).Append(": ").AppendJoin(" → ", graph.NeededFor(step.Name).Steps.Select(s => s.Name)).Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, string word, IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
        {
            text.Append("  ").Append(word).Append(' ').AppendJoin(", ", names);
        }
    }
}
