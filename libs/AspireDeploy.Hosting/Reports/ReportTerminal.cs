using System.Globalization;
using System.Text;
using AspireDeploy.Model;
using AspireDeploy.Targets;

namespace AspireDeploy.Reports;

/// <summary>The report for a terminal: what is lost first, then one line per resource and concept.</summary>
internal static class ReportTerminal
{
    private const string Red = "\e[31m";
    private const string Yellow = "\e[33m";
    private const string Dim = "\e[2m";
    private const string Plain = "\e[0m";

    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="color">Whether the terminal shows colours.</param>
    public static string Write(DeploymentReport report, bool color)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Plan.Name} {report.Plan.Version} on {report.Target.Title}\n");
        var resource = "";
        var widest = report.Rows.Select(static row => row.Result.Definition.Title.Length).DefaultIfEmpty().Max();
        foreach (var row in report.Rows)
        {
            if (row.Result.Resource != resource)
                text.Append(CultureInfo.InvariantCulture, $"\n  {resource = row.Result.Resource}\n");
            var title = row.Result.Definition.Title.PadRight(widest);
            text.Append(
                    row.Result.Outcome switch
                    {
                        Unsupported lost => Paint(Red, $"    {title}  LOST {row.Result.Declared}: {lost.What}", color),
                        Weakened weaker => Paint(
                            Yellow,
                            $"    {title}  WEAKENED {row.Result.Declared}: {weaker.What}. Remedy: {weaker.Remedy}",
                            color
                        ),
                        Supported supported => $"    {title}  {row.Result.Declared} {Paint(Dim, $"by {supported.Mechanism}", color)}",
                        _ => "",
                    }
                )
                .Append('\n');
        }
        Section(text, "Not deployed", report.Plan.LeftOut.Concat(report.Plan.KeptOut).Select(static left => $"{left.Name}: {Words(left)}"));
        Section(text, "Changed by the AppHost", report.Changes.Select(Words));
        Section(text, "Files of your own, applied by ./deploy.sh", report.Overrides);
        Section(text, "To consider", report.Notes);
        Section(
            text,
            "You supply",
            report.Inputs.Select(static input =>
                $"{(input.Required ? "must" : "may ")}  {input.Name} in {input.Where}: {input.Description}"
            )
        );
        Section(text, "Next", report.Commands.Select(static command => $"{command.Purpose}: {command.Line}"));
        return text.ToString();
    }

    /// <summary>Writes what is lost or weaker, what isn't deployed, and where the files are.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">The folder with the files.</param>
    /// <param name="color">Whether the terminal shows colours.</param>
    public static string WriteBrief(DeploymentReport report, string folder, bool color)
    {
        ArgumentNullException.ThrowIfNull(report);
        var lines = report
            .Rows.Select(row =>
                row.Result.Outcome switch
                {
                    Unsupported lost => Paint(Red, $"{row.Result.Key}  LOST {row.Result.Declared}: {lost.What}", color),
                    Weakened weaker => Paint(
                        Yellow,
                        $"{row.Result.Key}  WEAKENED {row.Result.Declared}: {weaker.What}. Remedy: {weaker.Remedy}",
                        color
                    ),
                    _ => null,
                }
            )
            .OfType<string>()
            .Concat(report.Plan.LeftOut.Concat(report.Plan.KeptOut).Select(static left => $"{left.Name}  NOT DEPLOYED: {Words(left)}"))
            .Concat(
                report.Changes.Select(static change =>
                    $"{change.Resource}  CHANGED BY THE APPHOST, {change.Object}: {string.Join(", ", change.Members)}"
                )
            )
            .Concat(report.Overrides.Select(static file => $"{file}  YOUR OWN, applied by ./deploy.sh"));
        return $"{report.Target.Title} is in {folder}, where deployment.md says what became of each "
            + $"concept.{string.Concat(lines.Select(static line => "\n  " + line))}";
    }

    /// <summary>Returns what the AppHost has changed of an object.</summary>
    private static string Words(PublishedChange change) => $"{change.Resource}, {change.Object}: {string.Join(", ", change.Members)}";

    /// <summary>Returns why something isn't deployed, and how it would be.</summary>
    internal static string Words(LeftOut left) => left.Remedy.Length == 0 ? $"{left.Why}." : $"{left.Why}. Remedy: {left.Remedy}.";

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var first = true;
        foreach (var line in lines)
        {
            if (first)
                text.Append(CultureInfo.InvariantCulture, $"\n  {title}\n");
            first = false;
            text.Append(CultureInfo.InvariantCulture, $"    {line}\n");
        }
    }

    private static string Paint(string code, string text, bool color) => color ? code + text + Plain : text;
}
