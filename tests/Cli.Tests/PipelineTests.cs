namespace Cli.Tests;

public sealed class PipelineTests(RestoredTool tool)
{
    private static readonly string[] Targets = ["azure", "compose", "kubernetes", "nomad", "swarm"];

    [Fact]
    public async Task Publish_WritesEveryTarget()
    {
        await using var home = new AspireHome(tool);
        var folder = Path.Combine(home.Variables["TMPDIR"]!, "out");

        await home.SucceedAsync("publish", "--no-build", "--output-path", folder);

        Assert.Equal(Targets, Written(folder));
        await home.UntilNothingIsLeftAsync();
    }

    [Fact]
    public async Task Do_PublishingOneTarget_WritesThatOne()
    {
        await using var home = new AspireHome(tool);
        var folder = Path.Combine(home.Variables["TMPDIR"]!, "out");

        await home.SucceedAsync("do", "publish-compose", "--no-build", "--output-path", folder);

        Assert.Equal(["compose"], Written(folder));
        Assert.True(File.Exists(Path.Combine(folder, "compose", "compose.yaml")));
    }

    /// <summary>The steps are listed, and none is run.</summary>
    [Fact]
    public async Task Do_Diagnostics_NamesTheSteps()
    {
        await using var home = new AspireHome(tool);

        var steps = await home.SucceedAsync("do", "diagnostics", "--no-build");

        Assert.All(Targets, target => Assert.Contains($"publish-{target}", steps.Everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Do_StepThatIsNot_Fails()
    {
        await using var home = new AspireHome(tool);

        var refused = await home.RunAsync("do", "pubish", "--no-build");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("pubish", refused.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Everything, StringComparison.Ordinal);
    }

    // A folder without files was only made.
    private static IEnumerable<string> Written(string folder) =>
        Directory
            .GetDirectories(folder)
            .Where(target => Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Any())
            .Select(target => Path.GetFileName(target)!)
            .Order(StringComparer.Ordinal);
}
