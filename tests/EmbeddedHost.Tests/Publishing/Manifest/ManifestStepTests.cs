using Aspire.Hosting;
using EmbeddedHost.Tests.Pipelines;

namespace EmbeddedHost.Tests.Manifest;

public sealed class ManifestStepTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task OutputPath_ThatIsADirectory_GetsTheManifestUnderItsUsualName()
    {
        await Declare("--output-path", At("new", "deep")).RunAsync();

        Assert.Equal(["aspire-manifest.json"], Directory.GetFiles(At("new", "deep")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Publishing_Twice_WritesTheSameBytes()
    {
        await Declare("--output-path", At("one", "m.json")).RunAsync();
        await Declare("--output-path", At("two", "m.json")).RunAsync();

        Assert.Equal(await File.ReadAllBytesAsync(At("one", "m.json"), Token), await File.ReadAllBytesAsync(At("two", "m.json"), Token));
    }

    [Fact]
    public async Task OutputPath_ThatIsMissing_IsAskedFor() => Assert.Equal(
        "Step 'publish-manifest' failed: It isn't said where the manifest is to be. Add '--output-path aspire-manifest.json'.",
        (await Declare().FailAsync()).Message);

    [Fact]
    public async Task OutputPath_ThroughAFile_IsRefusedByName()
    {
        await File.WriteAllTextAsync(At("file"), "mine", Token);

        var failure = await Declare("--output-path", At("file", "m.json")).FailAsync();

        Assert.StartsWith($"Step 'publish-manifest' failed: '{At("file", "m.json")}' can't be written: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(At("file"), Token));
    }

    [Fact]
    public async Task OutputPath_WhereADirectoryIs_IsRefusedByName()
    {
        Directory.CreateDirectory(At("m.json"));

        var failure = await Declare("--output-path", At("m.json")).FailAsync();

        Assert.Equal($"Step 'publish-manifest' failed: '{At("m.json")}' can't be written: a directory of that name is in the way.", failure.Message);
        Assert.Equal([At("m.json")], Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Publishing_ThatFails_LeavesTheEarlierManifestAsItWas()
    {
        await File.WriteAllTextAsync(At("m.json"), "earlier", Token);
        var run = Declare("--output-path", At("m.json"));
        run.Builder.AddContainer("broken", "broken").WithEnvironment(_ => throw new DistributedApplicationException("Broken."));

        var failure = await run.FailAsync();

        Assert.Equal("Step 'publish-manifest' failed: Broken.", failure.Message);
        Assert.Equal("earlier", await File.ReadAllTextAsync(At("m.json"), Token));
        Assert.Equal([At("m.json")], Directory.GetFileSystemEntries(_directory.Path));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string At(params string[] names) => Path.Combine([_directory.Path, .. names]);

    private static PipelineTestRun Declare(params string[] args)
    {
        var run = new PipelineTestRun("publish-manifest", args);
        run.Builder.AddContainer("web", "nginx");
        return run;
    }
}
