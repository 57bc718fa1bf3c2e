using System.Text.Json;
using Aspire.Hosting;
using EmbeddedHost.Tests.Pipelines;

namespace EmbeddedHost.Tests.Manifest;

/// <summary>A declaration's manifest, written by the pipeline step into a directory of its own.</summary>
internal sealed class PublishedManifest : IDisposable
{
    private readonly TemporaryDirectory _directory = new(AppContext.BaseDirectory);

    public PublishedManifest()
    {
        Run = new("publish-manifest", "--output-path", FilePath);
    }

    public PipelineTestRun Run { get; }

    public DistributedApplicationBuilder Builder => Run.Builder;

    public string FilePath => Path.Combine(_directory.Path, "M.json");

    /// <summary>Publishes and compares the whole file with what is expected: <paramref name="resources"/> without the braces around all of it.</summary>
    public async Task ExpectAsync(string resources)
    {
        await Run.RunAsync();
        var json = await File.ReadAllTextAsync(FilePath, TestContext.Current.CancellationToken);
        var indented = string.Join("\n", resources.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : $"    {line}"));
        Assert.Equal($"{{\n  \"resources\": {{\n{indented}\n  }}\n}}", json);
        ManifestSchema.Check(JsonDocument.Parse(json).RootElement);
    }

    /// <summary>Publishes, and reads the resources.</summary>
    public async Task<JsonElement> ResourcesAsync()
    {
        await Run.RunAsync();
        var root = JsonDocument.Parse(await File.ReadAllTextAsync(FilePath, TestContext.Current.CancellationToken)).RootElement;
        ManifestSchema.Check(root);
        return root.GetProperty("resources");
    }

    public void Dispose() => _directory.Dispose();
}
