using System.Text.RegularExpressions;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Reports;

/// <summary>The pages' links to each other.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages =>
        [
            "README.md",
            "CONTRIBUTING.md",
            .. Directory
                .EnumerateFiles(Path.Combine(TargetCase.Repository, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(static page => Path.GetRelativePath(TargetCase.Repository, page))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_ThatLinksToAFile_LinksToOneThatThereIs(string page)
    {
        var path = Path.Combine(TargetCase.Repository, page);
        var links = Link()
            .Matches(File.ReadAllText(path))
            .Select(static link => link.Groups[1].Value)
            .Where(static link => !link.Contains("://", StringComparison.Ordinal));

        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, link)), link));
    }

    [Fact]
    public void Pages_ThatLink_AreFound() =>
        Assert.Contains(
            "docs/concepts/README.md",
            Link().Matches(File.ReadAllText(Path.Combine(TargetCase.Repository, "README.md"))).Select(static link => link.Groups[1].Value)
        );

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
