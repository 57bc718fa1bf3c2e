using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using EmbeddedHost.Tests.Pipelines;

namespace EmbeddedHost.Tests.Images;

public class RemoteImageTests
{
    private readonly PipelineTestRun _run = new("name");
    private string? _name;

    [Fact]
    public async Task Image_GoesToTheOnlyRegistry()
    {
        _run.Builder.AddContainerRegistry("registry", "ghcr.io", "team");

        await NameAsync(_ => { });

        Assert.Equal("ghcr.io/team/shop:latest", _name);
    }

    [Fact]
    public async Task Image_OfManyRegistries_GoesToTheOneThatIsPicked()
    {
        _run.Builder.AddContainerRegistry("one", "one.example");
        var two = _run.Builder.AddContainerRegistry("two", "localhost:5000");

        await NameAsync(shop => shop.WithContainerRegistry(two).WithRemoteImageName("team/shop").WithRemoteImageTag("7"));

        Assert.Equal("localhost:5000/team/shop:7", _name);
    }

    [Fact]
    public async Task Image_WithAHostInItsName_GoesThere()
    {
        _run.Builder.AddContainerRegistry("registry", "ghcr.io");

        await NameAsync(shop => shop.WithRemoteImageName("docker.io/team/shop"));

        Assert.Equal("docker.io/team/shop:latest", _name);
    }

    [Fact]
    public async Task Image_WithoutARegistry_IsRefusedByName()
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => NameAsync(_ => { }));

        Assert.StartsWith("Step 'name' failed: It isn't said which registry the image of 'shop' is pushed to.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_IsNoPartOfARun()
    {
        var builder = ApplicationModel.Declared.Builder();

        builder.AddContainerRegistry("registry", "ghcr.io");

        Assert.Empty(builder.Resources);
    }

    private Task NameAsync(Action<IResourceBuilder<ProjectResource>> declare)
    {
        var shop = _run.Builder.AddProject<ApplicationModel.Declared.Project>("shop", launchProfileName: null);
        declare(shop);
        _run.Builder.Pipeline.AddStep("name", async context => _name = await RemoteImage.OfAsync(shop.Resource, context.CancellationToken));
        return _run.RunAsync();
    }
}
