using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tests.Reading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireDeploy.Tests.Declarations;

/// <summary>Health checks and probes.</summary>
internal static class Health
{
    private const string InDevelopment =
        "void Map(WebApplication app) { if (app.Environment.IsDevelopment()) { app.MapHealthChecks(\"/health\"); } }";

    internal static IReadOnlyList<Declaration> All { get; } =
    [
        new("health-check-of-a-project", static builder => builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/health")),
        new("health-check-of-alpine", static builder =>
            builder.AddContainer("web", "example/web", "1-alpine").WithHttpEndpoint(targetPort: 80).WithHttpHealthCheck("/health")
        ),
        new("health-check-of-an-unknown-image", static builder =>
            builder.AddContainer("web", "example/web", "1").WithHttpEndpoint(targetPort: 80).WithHttpHealthCheck("/health")
        ),
        new("health-check-in-development-only", static builder => builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/health"))
        {
            Solution = new Planned()
                .File("/shop/Api/Api.csproj", "<Project><ProjectReference Include=\"../Defaults/Defaults.csproj\" /></Project>")
                .File("/shop/Api/Program.cs", "app.MapDefaultEndpoints();")
                .File("/shop/Defaults/Defaults.csproj", "<Project><IsAspireSharedProject>true</IsAspireSharedProject></Project>")
                .File("/shop/Defaults/Extensions.cs", InDevelopment),
        },
        new("health-check-that-is-code", static builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("answers", static () => HealthCheckResult.Healthy());
            builder.AddContainer("broker", "example/broker", "1").WithEndpoint(targetPort: 4000, name: "tcp").WithHealthCheck("answers");
        }),
        new("health-check-that-is-code-beside-http", static builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("answers", static () => HealthCheckResult.Healthy());
            builder.AddProject<Planned.Web>("api").WithHealthCheck("answers").WithHttpHealthCheck("/health");
        }),
        new("health-check-that-is-code-beside-a-probe", static builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("answers", static () => HealthCheckResult.Healthy());
            builder
                .AddContainer("broker", "example/broker", "1")
                .WithHealthCheck("answers")
                .WithExecProbe(ProbeType.Readiness, ["/bin/ready"]);
        }),
        new("health-checks-of-two-paths", static builder =>
            builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/health").WithHttpHealthCheck("/ready")
        ),
        new("health-check-of-another-status", static builder =>
            builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/health", statusCode: 418)
        ),
        new("probes-by-http", static builder =>
            builder
                .AddProject<Planned.Web>("api")
                .WithHttpProbe(ProbeType.Startup, "/started", failureThreshold: 30)
                .WithHttpProbe(ProbeType.Readiness, "/ready", periodSeconds: 3)
                .WithHttpProbe(ProbeType.Liveness, "/alive", initialDelaySeconds: 5)
        ),
        new("probe-by-command", static builder =>
            builder.AddContainer("broker", "example/broker", "1").WithExecProbe(ProbeType.Readiness, ["/bin/ready", "two words"])
        ),
        new("probe-by-command-and-http", static builder =>
            builder
                .AddContainer("broker", "example/broker", "1")
                .WithHttpEndpoint(targetPort: 8080)
                .WithHttpHealthCheck("/health")
                .WithExecProbe(ProbeType.Readiness, ["/bin/ready"])
        ),
        new("probe-by-tcp", static builder =>
            builder
                .AddContainer("broker", "example/broker", "1-alpine")
                .WithEndpoint(targetPort: 4000, name: "tcp")
                .WithTcpProbe(ProbeType.Readiness)
        ),
        new("liveness-of-another-question", static builder =>
            builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/health").WithHttpProbe(ProbeType.Liveness, "/alive")
        ),
    ];
}
