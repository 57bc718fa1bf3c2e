using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.Manifest;

public sealed class ManifestContainerTests : IDisposable
{
    private readonly PublishedManifest _manifest = new();

    private DistributedApplicationBuilder Builder => _manifest.Builder;

    public void Dispose() => _manifest.Dispose();

    [Fact]
    public async Task Container_WithEverything_IsWrittenInTheSchemasTerms()
    {
        Builder.AddContainer("web", "nginx", "1.29")
            .WithImageRegistry("ghcr.io")
            .WithEntrypoint("/bin/serve")
            .WithArgs("--verbose", "a b")
            .WithBindMount(Path.Combine(AppContext.BaseDirectory, "site"), "/usr/share/nginx/html", isReadOnly: true)
            .WithVolume("cache", "/var/cache/nginx")
            .WithEnvironment("COLOUR", "blue \"and\" green")
            .WithHttpEndpoint(port: 8080, targetPort: 80)
            .WithEndpoint(port: 9000, scheme: "tcp", name: "admin")
            .WithExternalHttpEndpoints();

        await _manifest.ExpectAsync(
            """
            "web": {
              "type": "container.v0",
              "image": "ghcr.io/nginx:1.29",
              "entrypoint": "/bin/serve",
              "args": [
                "--verbose",
                "a b"
              ],
              "bindMounts": [
                {
                  "source": "../site",
                  "target": "/usr/share/nginx/html",
                  "readOnly": true
                }
              ],
              "volumes": [
                {
                  "name": "cache",
                  "target": "/var/cache/nginx",
                  "readOnly": false
                }
              ],
              "env": {
                "COLOUR": "blue \u0022and\u0022 green"
              },
              "bindings": {
                "http": {
                  "scheme": "http",
                  "protocol": "tcp",
                  "transport": "http",
                  "port": 8080,
                  "targetPort": 80,
                  "external": true
                },
                "admin": {
                  "scheme": "tcp",
                  "protocol": "tcp",
                  "transport": "tcp",
                  "targetPort": 9000
                }
              }
            }
            """);
    }

    [Fact]
    public async Task Container_PinnedByDigest_KeepsTheDigest()
    {
        Builder.AddContainer("web", "nginx").WithImageSHA256(new string('a', 64));

        await _manifest.ExpectAsync(
            $$"""
            "web": {
              "type": "container.v0",
              "image": "nginx@sha256:{{new string('a', 64)}}"
            }
            """);
    }

    [Fact]
    public async Task Http2Service_SpeaksHttp2AloneOnItsHttpEndpoints()
    {
        Builder.AddContainer("grpc", "grpc").WithHttpEndpoint(targetPort: 80).WithEndpoint(targetPort: 7000, name: "raw").AsHttp2Service();

        await _manifest.ExpectAsync(
            """
            "grpc": {
              "type": "container.v0",
              "image": "grpc:latest",
              "bindings": {
                "http": {
                  "scheme": "http",
                  "protocol": "tcp",
                  "transport": "http2",
                  "targetPort": 80
                },
                "raw": {
                  "scheme": "tcp",
                  "protocol": "tcp",
                  "transport": "tcp",
                  "targetPort": 7000
                }
              }
            }
            """);
    }

    [Fact]
    public async Task Endpoints_WithoutPorts_GetPortsThatNobodyHas()
    {
        Builder.AddContainer("one", "one").WithEndpoint(name: "a").WithEndpoint(port: 8001, targetPort: 8001, name: "b");
        Builder.AddContainer("two", "two").WithEndpoint(name: "c").WithHttpEndpoint();

        await _manifest.ExpectAsync(
            """
            "one": {
              "type": "container.v0",
              "image": "one:latest",
              "bindings": {
                "a": {
                  "scheme": "tcp",
                  "protocol": "tcp",
                  "transport": "tcp",
                  "targetPort": 8000
                },
                "b": {
                  "scheme": "tcp",
                  "protocol": "tcp",
                  "transport": "tcp",
                  "targetPort": 8001
                }
              }
            },
            "two": {
              "type": "container.v0",
              "image": "two:latest",
              "bindings": {
                "c": {
                  "scheme": "tcp",
                  "protocol": "tcp",
                  "transport": "tcp",
                  "targetPort": 8002
                },
                "http": {
                  "scheme": "http",
                  "protocol": "tcp",
                  "transport": "http",
                  "targetPort": 8003
                }
              }
            }
            """);
    }

    [Fact]
    public async Task Container_ThatSaysWhatItIsDeployedAs_IsOfTheNewerType()
    {
        var web = Builder.AddContainer("web", "nginx", "1.29");
        var module = Builder.CreateResourceBuilder(new Module("web-module")).WithManifestPublishingCallback(context =>
        {
            context.Writer.WriteString("type", "azure.bicep.v0");
            context.Writer.WriteString("path", context.GetManifestRelativePath(Path.Combine(AppContext.BaseDirectory, "web.bicep")));
        });
        web.WithAnnotation(new DeploymentTargetAnnotation(module.Resource));

        await _manifest.ExpectAsync(
            """
            "web": {
              "type": "container.v1",
              "image": "nginx:1.29",
              "deployment": {
                "type": "azure.bicep.v0",
                "path": "../web.bicep"
              }
            }
            """);
    }

    [Fact]
    public async Task Redis_WithAVolume_IsPublishedAsAspireDoes()
    {
        Builder.AddRedis("cache").WithDataVolume("cache-data");

        await _manifest.ExpectAsync(
            """
            "cache": {
              "type": "container.v0",
              "connectionString": "{cache.bindings.tcp.host}:{cache.bindings.tcp.port},password={cache-password.value}{cond-cache-bindings-tcp-tlsenabled-3eddb73a.connectionString}",
              "image": "docker.io/library/redis:8.6",
              "entrypoint": "/bin/sh",
              "args": [
                "-c",
                "redis-server --requirepass $REDIS_PASSWORD --save 60 1"
              ],
              "volumes": [
                {
                  "name": "cache-data",
                  "target": "/data",
                  "readOnly": false
                }
              ],
              "env": {
                "REDIS_PASSWORD": "{cache-password.value}"
              },
              "bindings": {
                "tcp": {
                  "scheme": "redis",
                  "protocol": "tcp",
                  "transport": "tcp",
                  "targetPort": 6379
                }
              }
            },
            "cache-password": {
              "type": "parameter.v0",
              "value": "{cache-password.inputs.value}",
              "inputs": {
                "value": {
                  "type": "string",
                  "secret": true,
                  "default": {
                    "generate": {
                      "minLength": 22,
                      "special": false
                    }
                  }
                }
              }
            },
            "cond-cache-bindings-tcp-tlsenabled-3eddb73a": {
              "type": "value.v0",
              "connectionString": ""
            }
            """);
    }

    private sealed class Module(string name) : Resource(name);
}
