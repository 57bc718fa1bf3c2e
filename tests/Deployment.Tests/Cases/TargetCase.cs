using System.Text;
using AspireDeploy.Plan;
using AspireDeploy.Targets;

namespace AspireDeploy.Tests.Cases;

/// <summary>
/// A file with a plan and everything that a target writes for it: the plan as JSON, then each file under a line <c>==> PATH</c>, and last a line <c>==> also</c> with
/// the paths of those that are the same in every case and shown in another. With <c>UPDATE_EXPECTED=1</c> the test writes what it got into the file.
/// </summary>
internal static class TargetCase
{
    private const string Mark = "==> ";

    /// <summary>The names of the cases in a folder of this project.</summary>
    internal static TheoryData<string> In(string folder) => [.. Directory.GetFiles(Path.Combine(Project, folder), "*.txt").Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>The plan of a case.</summary>
    internal static DeploymentPlan PlanOf(string folder, string name) => PlanJson.Read(Split(File.ReadAllText(PathOf(folder, name)))[0].Text);

    /// <summary>Publishes a case's plan and compares every file with what the case says.</summary>
    internal static void Check(ITarget target, string folder, string name, params string[] allowedLosses)
    {
        var path = PathOf(folder, name);
        var expected = Split(File.ReadAllText(path));
        var shown = expected.Skip(1).Select(static part => part.Name).ToHashSet(StringComparer.Ordinal);
        var files = Publication.Of(PlanJson.Read(expected[0].Text), target, allowedLosses).Files;

        var actual = new StringBuilder(expected[0].Text);
        foreach (var file in files.Where(file => shown.Contains(file.Path)))
            actual.Append(Mark).Append(file.Path).Append(file.Mode == PublishedFileMode.Readable ? "" : $" ({file.Mode})").Append('\n').Append(file.Content);
        actual.Append(Mark).Append("also\n").AppendJoin('\n', files.Where(file => !shown.Contains(file.Path)).Select(static file => file.Path)).Append('\n');

        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1") File.WriteAllText(path, actual.ToString());
        Assert.Equal(File.ReadAllText(path), actual.ToString());
    }

    private static string PathOf(string folder, string name) => Path.Combine(Project, folder, name + ".txt");

    private static List<(string Name, string Text)> Split(string text)
    {
        var parts = new List<(string Name, string Text)>();
        var (name, part) = ("", new StringBuilder());
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (!line.StartsWith(Mark, StringComparison.Ordinal))
            {
                part.Append(line).Append('\n');
                continue;
            }
            parts.Add((name, part.ToString()));
            (name, part) = (line[Mark.Length..].Split(' ')[0], new());
        }
        parts.Add((name, part.ToString()));
        return parts;
    }

    /// <summary>The repository's own folder.</summary>
    internal static string Repository => Path.GetFullPath(Path.Combine(Project, "..", ".."));

    /// <summary>The folder of this project.</summary>
    internal static string Project { get; } = FindProject();

    private static string FindProject()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Deployment.Tests.csproj"))) directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("The project's own folder isn't above its output.");
    }
}
