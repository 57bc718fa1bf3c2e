using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Declarations;

/// <summary>The gateway, and ports that are public without one.</summary>
internal static class Gateways
{
    internal static IReadOnlyList<Declaration> All { get; } =
    [
        new("gateway", static builder => builder.AddGateway("gateway").WithRoute("/", builder.AddProject<Planned.Web>("api"))),
        new("gateway-https-of-a-host", static builder =>
            builder
                .AddGateway("gateway")
                .WithRoute("/", builder.AddProject<Planned.Web>("api"))
                .WithHttps("shop.example.com", "ops@example.com")
        ),
        new("gateway-https-of-a-chosen-host", static builder =>
            builder.AddGateway("gateway").WithRoute("/", builder.AddProject<Planned.Web>("api")).WithHttps(builder.AddParameter("host"))
        ),
        new("gateway-without-a-redirect", static builder =>
            builder
                .AddGateway("gateway")
                .WithRoute("/", builder.AddProject<Planned.Web>("api"))
                .WithHttps("shop.example.com", redirect: false)
        ),
        new("gateway-routes", static builder =>
            builder
                .AddGateway("gateway")
                .WithRoute("/", builder.AddContainer("web", "example/web", "1").WithHttpEndpoint(targetPort: 80))
                .WithRoute("/api", builder.AddProject<Planned.Web>("api").WithReplicas(2), stripPrefix: true)
        ),
        new("gateway-to-http2", static builder =>
            builder.AddGateway("gateway").WithRoute("/", builder.AddProject<Planned.Web>("api").AsHttp2Service())
        ),
        new("gateway-ports", static builder =>
            builder.AddGateway("gateway").WithRoute("/", builder.AddProject<Planned.Web>("api")).WithHttps().WithPublicPorts(8080, 8443)
        ),
        new("public-address-in-a-setting", static builder =>
        {
            var api = builder.AddProject<Planned.Web>("api").WithExternalHttpEndpoints();
            builder.AddGateway("gateway").WithRoute("/", api).WithHttps("shop.example.com");
            builder.AddContainer("pay", "example/pay", "1").WithEnvironment("CALLBACK", api.GetEndpoint("https"));
        }),
        new("external-endpoint", static builder => builder.AddProject<Planned.Web>("api").WithExternalHttpEndpoints()),
        new("external-endpoint-of-a-port", static builder =>
            builder.AddContainer("web", "example/web", "1").WithHttpEndpoint(port: 8088, targetPort: 80).WithExternalHttpEndpoints()
        ),
        new("endpoint-by-udp", static builder =>
            builder
                .AddContainer("dns", "example/dns", "1")
                .WithEndpoint(targetPort: 53, name: "dns", scheme: "udp", protocol: System.Net.Sockets.ProtocolType.Udp)
        ),
        new("gateway-to-one-of-two-external-endpoints", static builder =>
            builder
                .AddGateway("gateway")
                .WithRoute(
                    "/",
                    builder
                        .AddContainer("web", "example/web", "1")
                        .WithHttpEndpoint(targetPort: 80)
                        .WithHttpEndpoint(targetPort: 81, name: "admin")
                        .WithExternalHttpEndpoints()
                )
        ),
        new("gateway-to-an-executable", static builder =>
            builder
                .AddGateway("gateway")
                .WithRoute("/", builder.AddExecutable("vite", "npm", "/shop/web", "run", "dev").WithHttpEndpoint(env: "PORT"))
        ),
        new("external-endpoints-beside-a-route", static builder =>
            builder
                .AddGateway("gateway")
                .WithRoute(
                    "/",
                    builder
                        .AddContainer("mqtt", "example/mqtt", "1")
                        .WithHttpEndpoint(targetPort: 80)
                        .WithEndpoint(targetPort: 1883, name: "tcp", scheme: "tcp", isExternal: true)
                )
        ),
        new("external-endpoint-by-udp", static builder =>
            builder
                .AddContainer("dns", "example/dns", "1")
                .WithEndpoint(targetPort: 53, name: "dns", scheme: "udp", isExternal: true, protocol: System.Net.Sockets.ProtocolType.Udp)
        ),
        new("external-endpoint-by-tcp-among-replicas", static builder =>
            builder
                .AddProject<Planned.Web>("chat")
                .WithEndpoint(targetPort: 5000, name: "chat", scheme: "tcp", isExternal: true)
                .WithReplicas(3)
        ),
        new("external-endpoint-at-the-gateways-port", static builder =>
        {
            builder.AddContainer("q", "example/q", "1").WithEndpoint(port: 80, targetPort: 80, name: "t", scheme: "tcp", isExternal: true);
            builder.AddGateway("gateway").WithRoute("/", builder.AddProject<Planned.Web>("api"));
        }),
        new("endpoint-among-replicas", static builder =>
            builder.AddProject<Planned.Web>("silo").WithEndpoint(targetPort: 11111, name: "orleans-silo", scheme: "tcp").WithReplicas(3)
        ),
    ];
}
