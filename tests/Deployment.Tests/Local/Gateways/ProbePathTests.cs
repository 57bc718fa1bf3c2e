using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Gateways;

namespace AspireDeploy.Tests.Local.Gateways;

public sealed class ProbePathTests
{
    private readonly IResourceBuilder<ExecutableResource> _service = DistributedApplication
        .CreateBuilder([])
        .AddExecutable("service", "service", ".")
        .WithHttpEndpoint(name: "http");

    [Fact]
    public void Path_NothingDeclared_IsNone() => Assert.Null(ProbePath.Find(_service.Resource));

    [Fact]
    public void Path_HealthCheck_IsWhatItAsks() =>
        Assert.Equal("/health", ProbePath.Find(_service.WithHttpHealthCheck("/health").Resource));

    [Fact]
    public void Path_HealthCheckOfAnotherStatus_IsNone() =>
        Assert.Null(ProbePath.Find(_service.WithHttpHealthCheck("/health", statusCode: 204).Resource));

#pragma warning disable ASPIREPROBES001 // Experimental in Aspire.
    [Fact]
    public void Path_ReadinessProbe_ComesBeforeTheHealthCheck() =>
        Assert.Equal(
            "/ready",
            ProbePath.Find(
                _service
                    .WithHttpHealthCheck("/health")
                    .WithHttpProbe(ProbeType.Liveness, "/alive")
                    .WithHttpProbe(ProbeType.Readiness, "/ready")
                    .Resource
            )
        );
#pragma warning restore ASPIREPROBES001
}
