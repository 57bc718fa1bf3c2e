using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Testing.Tests;

public class DistributedApplicationFactoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_StepByStep_CallsWhatIsOverridden()
    {
        AspireDeploy.Engines.SolutionTools.Require();
        await using var factory = new OnlyTheCache();

        await factory.StartAsync(Token);
        await factory.StartAsync(Token);

        Assert.Equal(["creating", "created without resources", "building", "built"], factory.Steps);
        Assert.Contains($"localhost:{factory.GetEndpoint("cache", "tcp").Port}", (await factory.GetConnectionString("cache"))!.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("There is no resource 'api'. (Parameter 'resourceName')", Assert.Throws<ArgumentException>(() => factory.CreateHttpClient("api")).Message);
        Assert.Equal("Resource 'cache' has no endpoint 'https' or 'http'. (Parameter 'endpointName')", Assert.Throws<ArgumentException>(() => factory.GetEndpoint("cache")).Message);
    }

    [Fact]
    public void GetEndpoint_BeforeTheStart_IsRefused()
    {
        using var factory = new DistributedApplicationFactory(typeof(Projects.AppHost));

        Assert.Equal("The application has not been started: await StartAsync first.", Assert.Throws<InvalidOperationException>(() => factory.GetEndpoint("api")).Message);
    }

    private sealed class OnlyTheCache() : DistributedApplicationFactory(typeof(Projects.AppHost))
    {
        public List<string> Steps { get; } = [];

        protected override void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions) => Steps.Add("creating");

        protected override void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder)
        {
            Steps.Add(applicationBuilder.Resources.Count == 0 ? "created without resources" : "created");
            applicationBuilder.Services.AddLogging(logging => logging.ClearProviders());
        }

        protected override void OnBuilding(DistributedApplicationBuilder applicationBuilder)
        {
            Steps.Add("building");
            foreach (var resource in applicationBuilder.Resources.Where(r => r.Name != "cache" && r is not ParameterResource).ToList())
            {
                applicationBuilder.Resources.Remove(resource);
            }
        }

        protected override void OnBuilt(DistributedApplication application) => Steps.Add("built");
    }
}
