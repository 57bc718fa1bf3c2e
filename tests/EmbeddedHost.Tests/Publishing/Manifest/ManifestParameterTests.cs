using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.Manifest;

public sealed class ManifestParameterTests : IDisposable
{
    private readonly PublishedManifest _manifest = new();

    private DistributedApplicationBuilder Builder => _manifest.Builder;

    public void Dispose() => _manifest.Dispose();

    [Fact]
    public async Task Parameters_AreAskedForAndNeverWrittenWithTheirValues()
    {
        Builder.Configuration["Parameters:region"] = "nobody-may-see-this";
        Builder.Configuration["ConnectionStrings:legacy"] = "nobody-may-see-this";
        Builder.AddParameter("region");
        Builder.AddParameter("key", () => throw new InvalidOperationException("Publishing needs no value."), secret: true);
        Builder.AddParameter("size", "small", publishValueAsDefault: true);
        Builder.AddParameter("token", new GenerateParameterDefault { MinLength = 30, Special = false, MinNumeric = 2 }, secret: true);
        Builder.AddConnectionString("legacy");

        await _manifest.ExpectAsync(
            """
            "region": {
              "type": "parameter.v0",
              "value": "{region.inputs.value}",
              "inputs": {
                "value": {
                  "type": "string"
                }
              }
            },
            "key": {
              "type": "parameter.v0",
              "value": "{key.inputs.value}",
              "inputs": {
                "value": {
                  "type": "string",
                  "secret": true
                }
              }
            },
            "size": {
              "type": "parameter.v0",
              "value": "{size.inputs.value}",
              "inputs": {
                "value": {
                  "type": "string",
                  "default": {
                    "value": "small"
                  }
                }
              }
            },
            "token": {
              "type": "parameter.v0",
              "value": "{token.inputs.value}",
              "inputs": {
                "value": {
                  "type": "string",
                  "secret": true,
                  "default": {
                    "generate": {
                      "minLength": 30,
                      "special": false,
                      "minNumeric": 2
                    }
                  }
                }
              }
            },
            "legacy": {
              "type": "parameter.v0",
              "connectionString": "{legacy.value}",
              "value": "{legacy.inputs.value}",
              "inputs": {
                "value": {
                  "type": "string",
                  "secret": true
                }
              }
            }
            """);
    }

    [Fact]
    public async Task ConnectionString_MadeFromOtherValues_IsAValue()
    {
        var key = Builder.AddParameter("key", secret: true);
        var web = Builder.AddContainer("web", "web").WithHttpEndpoint(targetPort: 80);
        Builder.AddConnectionString("search", ReferenceExpression.Create($"Endpoint={web.GetEndpoint("http")};Key={key}"));

        await _manifest.ExpectAsync(
            """
            "key": {
              "type": "parameter.v0",
              "value": "{key.inputs.value}",
              "inputs": {
                "value": {
                  "type": "string",
                  "secret": true
                }
              }
            },
            "web": {
              "type": "container.v0",
              "image": "web:latest",
              "bindings": {
                "http": {
                  "scheme": "http",
                  "protocol": "tcp",
                  "transport": "http",
                  "targetPort": 80
                }
              }
            },
            "search": {
              "type": "value.v0",
              "connectionString": "Endpoint={web.bindings.http.url};Key={key.value}"
            }
            """);
    }

    [Fact]
    public async Task Parameter_InAUri_IsEscapedHoweverDeepItStands()
    {
        var password = new ParameterResource("password", _ => throw new InvalidOperationException("Publishing needs no value."), secret: true);
        var server = ReferenceExpression.Create($"amqp://guest:{password:uri}@broker");
        Builder.AddContainer("web", "web").WithEnvironment("BROKER", ReferenceExpression.Create($"{server}/orders")).WithEnvironment("PLAIN", ReferenceExpression.Create($"{password}"));

        await _manifest.ExpectAsync(
            """
            "web": {
              "type": "container.v0",
              "image": "web:latest",
              "env": {
                "BROKER": "amqp://guest:{password-uri-encoded.value}@broker/orders",
                "PLAIN": "{password.value}"
              }
            },
            "password": {
              "type": "parameter.v0",
              "value": "{password.inputs.value}",
              "inputs": {
                "value": {
                  "type": "string",
                  "secret": true
                }
              }
            },
            "password-uri-encoded": {
              "type": "annotated.string",
              "value": "{password.value}",
              "filter": "uri"
            }
            """);
    }

    [Fact]
    public async Task ConditionalExpression_IsWrittenAsTheBranchThatThePublishedApplicationTakes()
    {
        var secret = Builder.AddParameter("secret", secret: true);
        var web = Builder.AddContainer("web", "web").WithHttpsEndpoint(targetPort: 443);
        web.WithEnvironment("TLS", web.GetEndpoint("https").GetTlsValue(ReferenceExpression.Create($"on;{secret}"), ReferenceExpression.Create($"off")));

        await _manifest.ExpectAsync(
            """
            "secret": {
              "type": "parameter.v0",
              "value": "{secret.inputs.value}",
              "inputs": {
                "value": {
                  "type": "string",
                  "secret": true
                }
              }
            },
            "web": {
              "type": "container.v0",
              "image": "web:latest",
              "env": {
                "TLS": "{cond-web-bindings-https-tlsenabled-d2cda1a6.connectionString}"
              },
              "bindings": {
                "https": {
                  "scheme": "https",
                  "protocol": "tcp",
                  "transport": "http",
                  "targetPort": 443
                }
              }
            },
            "cond-web-bindings-https-tlsenabled-d2cda1a6": {
              "type": "value.v0",
              "connectionString": "on;{secret.value}"
            }
            """);
    }
}
