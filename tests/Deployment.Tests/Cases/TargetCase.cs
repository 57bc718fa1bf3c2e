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

        var actual = expected[0].Text + Shown(files.Where(file => shown.Contains(file.Path)))
            + $"{Mark}also\n{string.Join('\n', files.Where(file => !shown.Contains(file.Path)).Select(static file => file.Path))}\n";

        Compare(path, actual);
    }

    /// <summary>Compares files, each under its line, with what is expected of them.</summary>
    /// <param name="files">The files.</param>
    /// <param name="expected">The path of the expectation, from this project's folder.</param>
    internal static void Compare(IEnumerable<PublishedFile> files, string expected) => Compare(Path.Combine(Project, expected), Shown(files));

    /// <summary>Compares a text with a file that holds what is expected.</summary>
    internal static void Compare(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1") File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Shown(IEnumerable<PublishedFile> files) =>
        string.Concat(files.Select(static file => $"{Mark}{file.Path}{(file.Mode == PublishedFileMode.Readable ? "" : $" ({file.Mode})")}\n{file.Content}"));

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
