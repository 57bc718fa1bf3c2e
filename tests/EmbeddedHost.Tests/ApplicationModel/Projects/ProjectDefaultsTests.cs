using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.Projects;

public class ProjectDefaultsTests
{
    [Fact]
    public async Task AddProject_WhenRunning_ListensWhereItsLaunchProfileSays()
    {
        var builder = Declared.Builder();
        var api = builder.AddProject<Declared.Project>("api", "https");
        Declared.Allocate(api.Resource, 9000);

        var environment = await Declared.EnvironmentAsync(api.Resource);

        Assert.Equal(
            [("https", 7080, "https"), ("http", 5080, "http"), ("http2", 5081, "http")],
            api.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => (e.Name, e.Port!.Value, e.UriScheme)));
        Assert.Equal("https://localhost:12345;http://localhost:12345;http://localhost:12345", environment["ASPNETCORE_URLS"]);
        Assert.Equal("9000", environment["ASPNETCORE_HTTPS_PORT"]);
        Assert.Equal("https", environment["DOTNET_LAUNCH_PROFILE"]);
    }

    [Fact]
    public async Task AddProject_WithoutALaunchProfileNamed_TakesTheFirstThatStartsAProject()
    {
        var builder = Declared.Builder();
        var api = builder.AddProject<Declared.Project>("api", _ => { });
        Declared.Allocate(api.Resource, 9000);

        var environment = await Declared.EnvironmentAsync(api.Resource);

        Assert.Equal("http", environment["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("blue", environment["COLOUR"]);
    }

    [Fact]
    public void AddProject_WithoutALaunchProfile_HasNoEndpoints()
    {
        var api = Declared.Builder().AddProject<Declared.Project>("api", launchProfileName: null);

        Assert.Empty(api.Resource.GetEndpoints());
    }

    [Fact]
    public void AddProject_WithAnUnknownLaunchProfile_IsRefusedByName()
    {
        var error = Assert.Throws<DistributedApplicationException>(() => Declared.Builder().AddProject<Declared.Project>("api", "nightly"));

        Assert.Contains("'nightly'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddProject_WhenPublishing_ListensOnPortsThatTheTargetGives()
    {
        var builder = Declared.Builder("--operation", "publish", "--publisher", "manifest");
        var api = builder.AddProject<Declared.Project>("api", "http");

        var environment = await Declared.EnvironmentAsync(api.Resource, DistributedApplicationOperation.Publish);

        Assert.Equal(["http", "https"], api.Resource.GetEndpoints().Select(e => e.EndpointName));
        Assert.Equal("{api.bindings.http.targetPort}", environment["HTTP_PORTS"]);
        Assert.False(environment.ContainsKey("HTTPS_PORTS"));
        Assert.Equal("true", environment["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
        Assert.False(environment.ContainsKey("ASPNETCORE_URLS"));
    }
}
