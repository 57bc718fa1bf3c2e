using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Reading;

namespace AspireDeploy.Local.Gateways;

/// <summary>Describes what the gateway asks a replica: its readiness probe, else what its HTTP health check asks.</summary>
internal static class ProbePath
{
    internal static string? Find(IResource service) =>
        service.Annotations.OfType<EndpointProbeAnnotation>().LastOrDefault(probe => probe.Type == ProbeType.Readiness)?.Path
        ?? service
            .Annotations.OfType<HealthCheckAnnotation>()
            .Select(check => HttpCheck.Find(service, check.Key))
            .FirstOrDefault(check => check is { Status: 200 })
            ?.Path;
}
