using System.Reflection;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Targets;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Publishing;

/// <summary>Describes what messages tell people to write is there to be written.</summary>
public partial class RemedyTests
{
    private static readonly HashSet<string> Methods =
    [
        .. new[]
        {
            typeof(IResource).Assembly,
            typeof(PostgresServerResource).Assembly,
            typeof(RedisResource).Assembly,
            typeof(TargetResource).Assembly,
        }
            .SelectMany(static assembly => assembly.GetExportedTypes())
            .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance))
            .Select(static method => method.Name),
        // Of ASP.NET Core, and of a package reference.
        "UsePathBase",
        "ExcludeAssets",
    ];

    private static readonly string[] Patterns = ["*.cs", "*.sh"];

    public static TheoryData<string> Files => [.. Sources.Where(static file => NamesIn(file).Any()).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Messages_ThatNameAMethod_NameOneThatThereIs(string file) =>
        Assert.All(NamesIn(file), static name => Assert.Contains(name, Methods));

    [Fact]
    public void Messages_ThatNameMethods_AreFound() =>
        Assert.Contains("WithExecProbe", Files.Select(static row => row.Data).SelectMany(NamesIn));

    [Fact]
    public void Messages_NameNoPage_AsThePackageHasNone()
    {
        var pages = Sources
            .SelectMany(static file => Told(file).SelectMany(static each => Page().Matches(each)).Select(static match => match.Value))
            .Distinct()
            .ToList();

        Assert.Empty(pages);
    }

    [Fact]
    public void Messages_ThatNameAScript_NameOneThatThereIs_WithOptionsThatItTakes()
    {
        var commands = Sources
            .SelectMany(static file => Told(file).SelectMany(static each => Script().Matches(each)))
            .Select(static match => (Script: match.Groups[1].Value, Option: match.Groups[2].Value))
            .Distinct()
            .ToList();

        Assert.Contains(("destroy.sh", "--volumes"), commands);
        // Written from more than one file, and without options.
        Assert.All(commands.Where(static command => command.Script != "secrets.sh"), static command =>
            Assert.Contains(Sources.Where(file => Path.GetFileName(file) == command.Script), file =>
                command.Option.Length == 0
                || File.ReadAllText(Path.Combine(TargetCase.Repository, file)).Contains(command.Option, StringComparison.Ordinal)
            )
        );
    }

    private static IEnumerable<string> Sources =>
        Patterns
            .SelectMany(static pattern =>
                Directory.EnumerateFiles(
                    Path.Combine(TargetCase.Repository, "libs", "AspireDeploy.Hosting"),
                    pattern,
                    SearchOption.AllDirectories
                )
            )
            .Select(static file => Path.GetRelativePath(TargetCase.Repository, file))
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static folder => folder is "obj" or "bin"));

    // What people read: literals and scripts.
    private static IEnumerable<string> Told(string file)
    {
        var text = File.ReadAllText(Path.Combine(TargetCase.Repository, file));
        return file.EndsWith(".sh", StringComparison.Ordinal) ? [text] : Literal().Matches(text).Select(static match => match.Value);
    }

    private static IEnumerable<string> NamesIn(string file) =>
        Told(file)
            .SelectMany(static each => Method().Matches(each))
            .Select(static match => match.Groups[1].Value)
            .Where(static name => !name.EndsWith("Annotation", StringComparison.Ordinal))
            .Distinct();

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\\\n])*\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(?<![a-z/])docs/[a-z/-]+\.md")]
    private static partial Regex Page();

    [GeneratedRegex(@"\./([a-z]+\.sh)(?: (--[a-z-]+))?")]
    private static partial Regex Script();

    [GeneratedRegex(@"(?<![A-Za-z])((?:With|Add|PublishAs|Push|RunAs|Exclude|WaitFor|Use)[A-Z][A-Za-z]*)(?=\(|\b)")]
    private static partial Regex Method();
}
