using System.Text;
using AspireDeploy.Workload;

namespace AspireDeploy.SampleTests;

/// <summary>The samples, built on the package and published: all targets at once, as a person does, and each for itself.</summary>
public sealed class SampleTests(PackedLibrary library)
{
    private static readonly string[] Targets = ["compose", "swarm", "kubernetes", "nomad", "azure"];

    /// <summary>Compares what is said and written with <c>Expected</c>; with <c>UPDATE_EXPECTED=1</c> takes over what there is.</summary>
    /// <param name="appHost">The AppHost's folder.</param>
    [Theory]
    [InlineData("Starter/Starter.AppHost")]
    [InlineData("Orders/Orders.AppHost")]
    [InlineData("Notes/AppHost")]
    public async Task Publish_ASample_SaysAndWritesWhatIsExpected(string appHost)
    {
        var folder = Path.Combine(library.Samples, appHost);
        await using var build = ServiceProcess.Command(folder, library.Environment, "build", "--nologo", "--verbosity", "quiet");
        Assert.True(await build.EndAsync(Token) == 0, build.Everything());

        var told = new StringBuilder("## all at once\n").Append(await PublishAsync(folder));
        foreach (var target in Targets)
            told.Append($"\n## {target}\n").Append(await PublishAsync(folder, "--step", $"publish-{target}"));

        var expected = Path.Combine(PackedLibrary.Repository, "tests", "Samples.Tests", "Expected", $"{appHost.Split('/')[0]}.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
            await File.WriteAllTextAsync(expected, told.ToString(), Token);
        Assert.Equal(await File.ReadAllTextAsync(expected, Token), told.ToString());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> PublishAsync(string folder, params string[] options)
    {
        var output = Path.Combine(folder, "out");
        await using var publish = ServiceProcess.Command(
            folder,
            library.Environment,
            ["run", "--no-build", "--no-launch-profile", "--", "--operation", "publish", "--output-path", output, .. options]
        );
        var code = await publish.EndAsync(Token);
        var told = new StringBuilder();
        foreach (var line in publish.Errors.Order(StringComparer.Ordinal))
            told.Append(line).Append('\n');
        Assert.True(code != 0 || publish.Errors.Count == 0, publish.Everything());
        Assert.True(code == 0 || publish.Errors.Count > 0, publish.Everything());
        if (!Directory.Exists(output))
            return told.ToString();
        foreach (
            var file in Directory
                .EnumerateFiles(output, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(output, file))
                .Order(StringComparer.Ordinal)
        )
            told.Append(file).Append('\n');
        Directory.Delete(output, recursive: true);
        return told.ToString();
    }
}
