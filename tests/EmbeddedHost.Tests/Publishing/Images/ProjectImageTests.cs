using System.Formats.Tar;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using EmbeddedHost.Tests.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Images;

/// <summary>The .NET SDK builds the images here, on a base image from a registry of the test's own.</summary>
public sealed class ProjectImageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Project_IsBuiltIntoAnImageFile()
    {
        await using var registry = await BaseImageRegistry.StartAsync(Token);
        var run = Declare(registry.Image, "return 0;");

        await run.RunAsync();

        var archive = Assert.Single(Directory.GetFiles(At("images")));
        Assert.Contains("\"RepoTags\":[\"shop:7\"]", await ManifestAsync(archive), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_ThatDoesNotCompile_FailsWithTheCompilersComplaint()
    {
        var run = Declare("localhost:1/base:1", "nonsense");

        var failure = await run.FailAsync();

        Assert.StartsWith($"Step 'image' failed: The image of 'shop' can't be built from {At("Shop", "Shop.csproj")}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("error CS", failure.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string At(params string[] names) => Path.Combine([_directory.Path, .. names]);

    private PipelineTestRun Declare(string baseImage, string program)
    {
        Directory.CreateDirectory(At("Shop"));
        File.WriteAllText(At("Shop", "Program.cs"), program);
        File.WriteAllText(At("Shop", "Shop.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ContainerBaseImage>{baseImage}</ContainerBaseImage>
              </PropertyGroup>
            </Project>
            """);
        var run = new PipelineTestRun("image");
        var shop = run.Builder.AddProject("shop", At("Shop", "Shop.csproj")).WithContainerBuildOptions(options =>
        {
            options.LocalImageTag = "7";
            options.OutputPath = At("images") + Path.DirectorySeparatorChar;
            options.Destination = ContainerImageDestination.Archive;
        });
        run.Builder.Pipeline.AddStep("image", context =>
            context.Services.GetRequiredService<IResourceContainerImageManager>().BuildImageAsync(shop.Resource, context.CancellationToken));
        return run;
    }

    private static async Task<string> ManifestAsync(string archive)
    {
        await using var file = File.OpenRead(archive);
        await using var tar = new TarReader(file);
        while (await tar.GetNextEntryAsync(cancellationToken: Token) is { } entry)
        {
            if (entry.Name == "manifest.json")
            {
                return await new StreamReader(entry.DataStream!).ReadToEndAsync(Token);
            }
        }

        throw new InvalidOperationException($"{archive} has no manifest.json.");
    }
}
