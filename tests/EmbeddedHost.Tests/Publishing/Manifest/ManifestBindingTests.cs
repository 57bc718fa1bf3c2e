using System.Text.Json;
using Aspire.Hosting;
using EmbeddedHost.Tests.ApplicationModel;

namespace EmbeddedHost.Tests.Manifest;

/// <summary>The ports of endpoints, as Aspire 13.5 writes them: which are there, which are made up, and what a project is told of them.</summary>
public sealed class ManifestBindingTests : IDisposable
{
    private readonly PublishedManifest _manifest = new();

    private DistributedApplicationBuilder Builder => _manifest.Builder;

    public void Dispose() => _manifest.Dispose();

    [Fact]
    public async Task Container_ItsPorts_AreWrittenWhereTheyDiffer_AndMadeUpWhereThereAreNone()
    {
        var container = Builder.AddContainer("app", "image")
            .WithEndpoint(name: "both", port: 8080, targetPort: 3000)
            .WithEndpoint(name: "same", port: 3001, targetPort: 3001)
            .WithHttpEndpoint(name: "target", targetPort: 3002)
            .WithHttpEndpoint(name: "exposed", port: 1004)
            .WithHttpEndpoint(name: "http")
            .WithHttpsEndpoint(name: "https")
            .WithEndpoint(name: "tcp");
        Builder.AddContainer("next", "image").WithEndpoint(name: "tcp");

        var resources = await _manifest.ResourcesAsync();

        Assert.Equal(
            ["both: port 8080, targetPort 3000", "same: targetPort 3001", "target: targetPort 3002", "exposed: targetPort 1004", "http: targetPort 8000", "https: targetPort 8001", "tcp: targetPort 8002"],
            PortsOf(resources.GetProperty(container.Resource.Name)));
        Assert.Equal(["tcp: targetPort 8003"], PortsOf(resources.GetProperty("next")));
    }

    [Fact]
    public async Task Project_ItsFirstEndpointOfEachScheme_HasNoPort_AndFurtherOnesHave()
    {
        Builder.AddProject<Declared.Project>("web", options => options.ExcludeLaunchProfile = true)
            .WithHttpEndpoint(name: "http-1").WithHttpEndpoint(name: "http-2").WithHttpsEndpoint(name: "https-1").WithHttpsEndpoint(name: "https-2").WithEndpoint(scheme: "tcp", name: "tcp-1");

        var web = (await _manifest.ResourcesAsync()).GetProperty("web");

        Assert.Equal(["http-1:", "http-2: targetPort 8000", "https-1:", "https-2: targetPort 8001", "tcp-1: targetPort 8002"], PortsOf(web));
        Assert.Equal("{web.bindings.http-1.targetPort};{web.bindings.http-2.targetPort}", web.GetProperty("env").GetProperty("HTTP_PORTS").GetString());
        Assert.Equal("{web.bindings.https-1.targetPort};{web.bindings.https-2.targetPort}", web.GetProperty("env").GetProperty("HTTPS_PORTS").GetString());
    }

    [Fact]
    public async Task Project_AnEndpointThatItIsNotToldOf_IsNotAmongItsPorts()
    {
        Builder.AddProject<Declared.Project>("web", options => options.ExcludeLaunchProfile = true)
            .WithHttpEndpoint().WithHttpEndpoint(name: "own", port: 5002, targetPort: 5003).WithHttpEndpoint(name: "other").WithEndpointsInEnvironment(static endpoint => endpoint.Name != "other");

        var web = (await _manifest.ResourcesAsync()).GetProperty("web");

        Assert.Equal("{web.bindings.http.targetPort};{web.bindings.own.targetPort}", web.GetProperty("env").GetProperty("HTTP_PORTS").GetString());
        Assert.Equal(["http:", "own: port 5002, targetPort 5003", "other: targetPort 8000"], PortsOf(web));
    }

    [Fact]
    public async Task Project_WithEndpointsInItsKestrelSettings_IsToldOfThemThere()
    {
        using var directory = new TemporaryDirectory();
        var project = Path.Combine(directory.Path, "Web.csproj");
        File.WriteAllText(project, "<Project />");
        File.WriteAllText(Path.Combine(directory.Path, "appsettings.json"),
            """{ "Kestrel": { "EndpointDefaults": { "Protocols": "Http2" }, "Endpoints": { "one": { "Url": "http://*:5002", "Protocols": "Http1" }, "two": { "Url": "http://localhost:5003" } } } }""");
        Builder.AddProject("web", project).WithHttpEndpoint(port: 5017, name: "proxied").WithHttpEndpoint(port: 5018, name: "direct", isProxied: false);

        var web = (await _manifest.ResourcesAsync()).GetProperty("web");

        Assert.Equal(["one: targetPort 5002", "two: targetPort 5003", "https: targetPort 5002", "proxied: port 5017, targetPort 8000", "direct: targetPort 5018"], PortsOf(web));
        Assert.Equal(["http", "http2", "http2", "http", "http"], web.GetProperty("bindings").EnumerateObject().Select(static binding => binding.Value.GetProperty("transport").GetString()));
        Assert.Equal(
            ["one", "two", "proxied", "direct"],
            web.GetProperty("env").EnumerateObject().Where(static variable => variable.Name.StartsWith("Kestrel__", StringComparison.Ordinal)).Select(static variable =>
            {
                var name = variable.Name.Split("__")[2];
                Assert.Equal($"http://*:{{web.bindings.{name}.targetPort}}", variable.Value.GetString());
                return name;
            }));
    }

    [Fact]
    public async Task Project_ThatRefersToAnExternalServiceByParameter_IsToldOfTheParameter()
    {
        var service = Builder.AddExternalService("external", Builder.AddParameter("external-url"));
        Builder.AddProject<Declared.Project>("web", options => options.ExcludeLaunchProfile = true).WithReference(service).WithEnvironment("SERVICE", service);

        Assert.Equal(
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY=in_memory", "services__external__default__0={external-url.value}", "EXTERNAL={external-url.value}", "SERVICE={external-url.value}"],
            (await _manifest.ResourcesAsync()).GetProperty("web").GetProperty("env").EnumerateObject().Select(static variable => $"{variable.Name}={variable.Value}"));
    }

    private static IEnumerable<string> PortsOf(JsonElement resource) => resource.GetProperty("bindings").EnumerateObject()
        .Select(static binding => $"{binding.Name}:{string.Join(',', binding.Value.EnumerateObject().Where(static property => property.Name is "port" or "targetPort").Select(static property => $" {property.Name} {property.Value}"))}");
}
