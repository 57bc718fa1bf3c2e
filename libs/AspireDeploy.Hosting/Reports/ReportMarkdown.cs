using System.Globalization;
using System.Text;
using AspireDeploy.Model;
using AspireDeploy.Targets;

namespace AspireDeploy.Reports;

/// <summary>The report as <c>deployment.md</c>.</summary>
internal static class ReportMarkdown
{
    /// <summary>Writes it.</summary>
    public static string Write(DeploymentReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"# {report.Plan.Name} on {report.Target.Title}\n\nVersion `{report.Plan.Version}`. Made by publishing; publishing "
                + $"again overwrites it.\n\n"
        );
        var lost = report.Rows.Where(static row => row.Result.Outcome is Unsupported).ToList();
        if (lost.Count > 0)
        {
            page.Append("## Lost\n\nDeclared, not carried by this target, and allowed to be lost:\n\n");
            foreach (var row in lost)
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"- 🔴 **{row.Result.Key}** ({Cell(row.Result.Declared)}): {((Unsupported)row.Result.Outcome).What}. Remedy: "
                        + $"{((Unsupported)row.Result.Outcome).Remedy}.\n"
                );
            page.Append('\n');
        }
        var weakened = report.Rows.Where(static row => row.Result.Outcome is Weakened).ToList();
        if (weakened.Count > 0)
        {
            page.Append("## Weakened\n\nCarried, with less than was declared:\n\n");
            foreach (var row in weakened)
            {
                var outcome = (Weakened)row.Result.Outcome;
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"- 🟡 **{row.Result.Key}** ({Cell(row.Result.Declared)}): {outcome.What}. Remedy: {outcome.Remedy}.\n"
                );
            }
            page.Append('\n');
        }
        if (!report.Plan.LeftOut.IsEmpty || !report.Plan.KeptOut.IsEmpty)
            page.Append("## Not deployed\n\n");
        LeftOut(page, "Declared, and for this machine alone", report.Plan.LeftOut);
        LeftOut(page, "Declared, and for other targets", report.Plan.KeptOut);
        if (!report.Changes.IsEmpty)
        {
            page.Append("## Changed by the AppHost\n\nOf what this target would have written:\n\n");
            foreach (var change in report.Changes)
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"- **{change.Resource}**, {change.Object}: "
                        + $"{string.Join(", ", change.Members.Select(static member => $"`{member}`"))}\n"
                );
            page.Append('\n');
        }
        if (!report.Overrides.IsEmpty)
        {
            page.Append(
                "## Files of your own\n\nIn this folder when it was published, left as they are, and applied by `./deploy.sh`:\n\n"
            );
            foreach (var file in report.Overrides)
                page.Append(CultureInfo.InvariantCulture, $"- `{file}`\n");
            page.Append('\n');
        }
        page.Append("## What starts before what\n\n```mermaid\n").Append(StartPicture.Draw(report.Plan)).Append("```\n\n");
        page.Append("## How what was declared is carried\n\n| resource | concept | declared | carried by |\n|---|---|---|---|\n");
        foreach (var row in report.Rows)
        {
            var outcome = row.Result.Outcome switch
            {
                Supported supported => Cell(supported.Mechanism),
                Weakened weaker => $"🟡 {Cell(weaker.Mechanism)}",
                Unsupported loss => $"🔴 **lost**: {Cell(loss.What)}",
                _ => "",
            };
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Result.Resource} | {row.Result.Definition.Title} | {Cell(row.Result.Declared)} | {outcome} |\n"
            );
        }
        if (!report.Notes.IsEmpty)
        {
            page.Append("\n## To consider\n\n");
            foreach (var note in report.Notes)
                page.Append(CultureInfo.InvariantCulture, $"- {note}\n");
        }
        page.Append("\n## What you supply\n\n");
        if (report.Inputs.IsEmpty)
            page.Append("Nothing.\n");
        foreach (var input in report.Inputs)
            page.Append(
                CultureInfo.InvariantCulture,
                $"- {(input.Required ? "**must**" : "may")}: `{input.Name}` in {input.Where}: {input.Description}\n"
            );
        if (!report.Commands.IsEmpty)
        {
            page.Append("\n## Commands\n\nIn this folder:\n\n| to | run |\n|---|---|\n");
            foreach (var command in report.Commands)
                page.Append(CultureInfo.InvariantCulture, $"| {command.Purpose} | `{Cell(command.Line)}` |\n");
        }
        return page.ToString();
    }

    private static void LeftOut(StringBuilder page, string heading, EquatableArray<LeftOut> all)
    {
        if (all.IsEmpty)
            return;
        page.Append(CultureInfo.InvariantCulture, $"{heading}:\n\n");
        foreach (var left in all)
            page.Append(CultureInfo.InvariantCulture, $"- **{left.Name}**: {ReportTerminal.Words(left)}\n");
        page.Append('\n');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
