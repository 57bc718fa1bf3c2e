using System.Text;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;

namespace AspireDeploy.Tests.Cases;

/// <summary>
/// A file with a plan and everything that a target writes for it: the plan as JSON, then each file under a line <c>==> PATH</c>, and last a
/// line <c>==> also</c> with the paths of those that are the same in every case and shown in another. With <c>UPDATE_EXPECTED=1</c> the
/// test writes what it got into the file.
/// </summary>
internal static class TargetCase
{
    private const string Mark = "==> ";

    /// <summary>
    /// Gets the solution itself among a target's cases: what is stored of it, which the declaration's own test holds to what is written.
    /// </summary>
    internal const string AppHost = "AppHost";

    /// <summary>Returns the names of the cases in a folder of this project.</summary>
    internal static TheoryData<string> In(string folder) =>
        [
            .. Directory
                .GetFiles(Path.Combine(Project, folder), "*.txt")
                .Select(static path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Returns the same, and the solution.</summary>
    internal static TheoryData<string> InAndAppHost(string folder) => [.. In(folder).Select(static row => row.Data), AppHost];

    /// <summary>Returns what a target writes for the solution.</summary>
    internal static IReadOnlyList<PublishedFile> FilesOfAppHost(string target) =>
        [.. Split(File.ReadAllText(PathOf("AppHost/Cases", target))).Skip(1)];

    /// <summary>Returns the plan of a case.</summary>
    internal static DeploymentPlan PlanOf(string folder, string name) =>
        PlanJson.Read(Split(File.ReadAllText(PathOf(folder, name)))[0].Content);

    /// <summary>Publishes a case's plan and compares every file with what the case says.</summary>
    internal static void Check(ITarget target, string folder, string name, params string[] allowedLosses)
    {
        var path = PathOf(folder, name);
        var expected = Split(File.ReadAllText(path));
        var shown = expected.Skip(1).Select(static part => part.Path).ToHashSet(StringComparer.Ordinal);
        var files = Publication.Create(PlanJson.Read(expected[0].Content), target, allowedLosses).Files;

        var actual =
            expected[0].Content
            + Shown(files.Where(file => shown.Contains(file.Path)))
            + $"{Mark}also\n{string.Join('\n', files.Where(file => !shown.Contains(file.Path)).Select(static file => file.Path))}\n";

        Compare(path, actual);
    }

    /// <summary>Compares files, each under its line, with what is expected of them.</summary>
    /// <param name="files">The files.</param>
    /// <param name="expected">The path of the expectation, from this project's folder.</param>
    internal static void Compare(IEnumerable<PublishedFile> files, string expected) =>
        Compare(Path.Combine(Project, expected), Shown(files));

    /// <summary>Compares a text with a file that holds what is expected.</summary>
    internal static void Compare(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
            File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Shown(IEnumerable<PublishedFile> files) =>
        string.Concat(
            files.Select(static file =>
                $"{Mark}{file.Path}{(file.Mode == PublishedFileMode.Readable ? "" : $" ({file.Mode})")}\n{file.Content}"
            )
        );

    private static string PathOf(string folder, string name) => Path.Combine(Project, folder, name + ".txt");

    // The plan first, under no path.
    internal static List<PublishedFile> Split(string text)
    {
        var files = new List<PublishedFile>();
        var (file, content) = (new PublishedFile("", ""), new StringBuilder());
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (!line.StartsWith(Mark, StringComparison.Ordinal))
            {
                content.Append(line).Append('\n');
                continue;
            }
            files.Add(file with { Content = content.ToString() });
            var name = line[Mark.Length..].Split(' ');
            (file, content) = (
                new(name[0], "")
                {
                    Mode = name.Length > 1 ? Enum.Parse<PublishedFileMode>(name[1].Trim('(', ')')) : PublishedFileMode.Readable,
                },
                new()
            );
        }
        files.Add(file with { Content = content.ToString() });
        return files;
    }

    /// <summary>Gets the repository's own folder.</summary>
    internal static string Repository => Path.GetFullPath(Path.Combine(Project, "..", ".."));

    /// <summary>Gets the folder of this project.</summary>
    internal static string Project { get; } = FindProject();

    private static string FindProject()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Deployment.Tests.csproj")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("The project's own folder isn't above its output.");
    }
}
