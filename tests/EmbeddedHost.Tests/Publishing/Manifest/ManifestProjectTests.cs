using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EmbeddedHost.Tests.ApplicationModel;

namespace EmbeddedHost.Tests.Manifest;

public sealed class ManifestProjectTests : IDisposable
{
    private readonly PublishedManifest _manifest = new();

    private DistributedApplicationBuilder Builder => _manifest.Builder;

    public void Dispose() => _manifest.Dispose();

    [Fact]
    public async Task Project_WithALaunchProfile_HasBothEndpointsAndNoPorts()
    {
        Builder.AddProject<Declared.Project>("web", launchProfileName: "http").WithArgs("--seed").WithReplicas(3).WithExternalHttpEndpoints();

        await _manifest.ExpectAsync(
            """
            "web": {
              "type": "project.v0",
              "path": "../Nowhere/Web.csproj",
              "args": [
                "--seed"
              ],
              "env": {
                "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY": "in_memory",
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED": "true",
                "HTTP_PORTS": "{web.bindings.http.targetPort}"
              },
              "bindings": {
                "http": {
                  "scheme": "http",
                  "protocol": "tcp",
                  "transport": "http",
                  "external": true
                },
                "https": {
                  "scheme": "https",
                  "protocol": "tcp",
                  "transport": "http",
                  "external": true
                }
              }
            }
            """);
    }

    [Fact]
    public async Task Project_ThatReferencesAnother_IsToldWhereItIs()
    {
        var web = Builder.AddProject<Declared.Project>("web", launchProfileName: "http").WithHttpEndpoint(targetPort: 9090, name: "metrics");
        Builder.AddProject<Declared.Project>("job", options => options.ExcludeLaunchProfile = true).WithReference(web);

        await _manifest.ExpectAsync(
            """
            "web": {
              "type": "project.v0",
              "path": "../Nowhere/Web.csproj",
              "env": {
                "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY": "in_memory",
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED": "true",
                "HTTP_PORTS": "{web.bindings.http.targetPort};{web.bindings.metrics.targetPort}"
              },
              "bindings": {
                "http": {
                  "scheme": "http",
                  "protocol": "tcp",
                  "transport": "http"
                },
                "https": {
                  "scheme": "https",
                  "protocol": "tcp",
                  "transport": "http"
                },
                "metrics": {
                  "scheme": "http",
                  "protocol": "tcp",
                  "transport": "http",
                  "targetPort": 9090
                }
              }
            },
            "job": {
              "type": "project.v0",
              "path": "../Nowhere/Web.csproj",
              "env": {
                "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY": "in_memory",
                "WEB_HTTP": "{web.bindings.http.url}",
                "services__web__http__0": "{web.bindings.http.url}",
                "WEB_HTTPS": "{web.bindings.https.url}",
                "services__web__https__0": "{web.bindings.https.url}",
                "WEB_METRICS": "{web.bindings.metrics.url}",
                "services__web__metrics__0": "{web.bindings.metrics.url}"
              }
            }
            """);
    }

    [Fact]
    public async Task Executable_IsWrittenWithItsDirectory()
    {
        Builder.AddExecutable("tool", "python3", "tools", "serve.py").WithHttpEndpoint(port: 5000, targetPort: 5001);

        await _manifest.ExpectAsync(
            """
            "tool": {
              "type": "executable.v0",
              "workingDirectory": "../tools",
              "command": "python3",
              "args": [
                "serve.py"
              ],
              "bindings": {
                "http": {
                  "scheme": "http",
                  "protocol": "tcp",
                  "transport": "http",
                  "port": 5000,
                  "targetPort": 5001
                }
              }
            }
            """);
    }

    [Fact]
    public async Task Resource_ThatSaysHowItIsWritten_IsWrittenSo()
    {
        Builder.AddResource(new Custom("custom")).WithManifestPublishingCallback(async context =>
        {
            await Task.Yield();
            context.Writer.WriteString("type", "value.v0");
            context.Writer.WriteString("connectionString", "custom://");
        });
        Builder.AddResource(new Custom("left-out")).ExcludeFromManifest();
        Builder.AddExternalService("nuget", new Uri("https://example.org/"));

        await _manifest.ExpectAsync(
            """
            "custom": {
              "type": "value.v0",
              "connectionString": "custom://"
            }
            """);
    }

    [Fact]
    public async Task Resource_ThatTheManifestHasNoWordsFor_IsRefusedByName()
    {
        Builder.AddResource(new Custom("custom"));

        var failure = await _manifest.Run.FailAsync();

        Assert.StartsWith("Step 'publish-manifest' failed: Resource 'custom' is a Custom, which the manifest has no words for.", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_manifest.FilePath));
    }

    private sealed class Custom(string name) : Resource(name);
}
