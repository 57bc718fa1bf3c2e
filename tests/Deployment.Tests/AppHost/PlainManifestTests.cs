using System.Runtime.CompilerServices;
using Aspire.Hosting.Testing;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.AppHost;

/// <summary>The manifest of the AppHost's declaration but for its target Azure: resource for resource what Aspire itself writes.</summary>
public sealed class PlainManifestTests : IDisposable
{
    // Among the build's output, so that the manifest's relative paths are the same on every machine.
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"p-{Guid.NewGuid():N}"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Manifest_WithoutTheTargetAzure_IsAsExpected()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var manifest = Path.Combine(_folder.FullName, "m.json");
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--publisher", "manifest", "--output-path", manifest], cancellationToken);
        Assert.True(builder.Resources.Remove(builder.Resources.OfType<AzureContainerAppsTargetResource>().Single()));
        await using var application = await builder.BuildAsync(cancellationToken);

        await application.RunAsync(cancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(Expected(), cancellationToken), await File.ReadAllTextAsync(manifest, cancellationToken));
        Assert.Equal("m.json", Assert.Single(_folder.GetFileSystemInfos()).Name);
    }

    private static string Expected([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Cases", "plain-manifest.json");
}
