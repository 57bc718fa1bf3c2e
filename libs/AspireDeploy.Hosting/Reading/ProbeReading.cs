using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// A resource's probes, from <c>WithHttpProbe</c>, <c>WithHttpHealthCheck</c> and <see cref="Aspire.Hosting.HealthCommandBuilderExtensions.WithHealthCommand"/>. An HTTP health check is readiness, where no
/// readiness probe is declared. A check that is code of the AppHost can't be deployed; a known image brings a command for it.
/// </summary>
internal static class ProbeReading
{
    internal static Probes Of(IResource resource, WorkloadPorts ports, WellKnownImage? known, List<PlanError> errors)
    {
        var declared = resource.Annotations.OfType<EndpointProbeAnnotation>().ToList();
        var command = resource.TryGetLastAnnotation<HealthCommandAnnotation>(out var health) ? health.Command : known?.ReadinessCommand ?? default;
        var readiness = Find(ProbeType.Readiness) ?? HealthCheck(resource, declared, ports, known is not null || health is not null, errors);
        if (!command.IsEmpty) readiness = readiness is null ? Usual(new ExecProbe(command)) : readiness with { Action = new ExecProbe(command) };
        return new() { Startup = Find(ProbeType.Startup), Readiness = readiness, Liveness = Find(ProbeType.Liveness) };

        Probe? Find(ProbeType type) => declared.FindLast(probe => probe.Type == type) is { } probe ? Of(resource, probe, ports, errors) : null;
    }

    private static Probe? Of(IResource resource, EndpointProbeAnnotation probe, WorkloadPorts ports, List<PlanError> errors)
    {
        var path = $"{resource.Name}.{probe.Type.ToString().ToLowerInvariant()}";
        if (probe.EndpointReference.Resource != resource)
        {
            errors.Add(new(path, $"asks {probe.EndpointReference.Resource.Name}, and a container can only be asked about itself; ask an endpoint of {resource.Name}"));
            return null;
        }
        return new(new HttpProbe(ports.Find(probe.EndpointReference.EndpointName)?.Name ?? probe.EndpointReference.EndpointName, probe.Path))
        {
            InitialDelay = TimeSpan.FromSeconds(probe.InitialDelaySeconds),
            Period = TimeSpan.FromSeconds(probe.PeriodSeconds),
            Timeout = TimeSpan.FromSeconds(probe.TimeoutSeconds),
            FailureThreshold = probe.FailureThreshold,
            SuccessThreshold = probe.SuccessThreshold,
        };
    }

    private static Probe? HealthCheck(IResource resource, List<EndpointProbeAnnotation> probes, WorkloadPorts ports, bool hasCommand, List<PlanError> errors)
    {
        var asked = new List<HttpProbe>();
        foreach (var key in resource.Annotations.OfType<HealthCheckAnnotation>().Select(static check => check.Key))
        {
            if (HttpCheck.Of(resource, key) is not { } check)
            {
                if (!hasCommand) errors.Add(new($"{resource.Name}.health", $"the check \"{key}\" is code of the AppHost, which isn't deployed; declare WithHttpHealthCheck, WithHttpProbe or .WithHealthCommand"));
                continue;
            }
            // A probe is a health check too.
            if (probes.Exists(probe => probe.EndpointReference.EndpointName == check.Endpoint && probe.Path == check.Path)) continue;
            if (check.Status is < 200 or > 399) errors.Add(new($"{resource.Name}.health", $"\"{check.Path}\" is well with {check.Status}, and engines take 200 to 399 for well; let it answer 200"));
            asked.Add(new(ports.Find(check.Endpoint)?.Name ?? check.Endpoint, check.Path));
        }
        if (asked.Count > 1 && !hasCommand)
            errors.Add(new($"{resource.Name}.health", $"{string.Join(" and ", asked)} are asked, and an engine asks one question for readiness; say which with WithHttpProbe(ProbeType.Readiness, …)"));
        return asked.Count > 0 ? Usual(asked[0]) : null;
    }

    // Asked often enough for a replica that has gone bad to be left out within a quarter of a minute.
    private static Probe Usual(ProbeAction action) => new(action) { Period = TimeSpan.FromSeconds(5) };
}

/// <summary>What an HTTP health check asks, which Aspire keeps in the check's name alone: <c>RESOURCE_ENDPOINT_PATH_STATUS_check</c>.</summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Path">The path.</param>
/// <param name="Status">The status that means healthy.</param>
internal sealed record HttpCheck(string Endpoint, string Path, int Status)
{
    internal static HttpCheck? Of(IResource resource, string key)
    {
        const string Suffix = "_check";
        if (!key.EndsWith(Suffix, StringComparison.Ordinal)) return null;
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Select(static endpoint => endpoint.Name))
        {
            var prefix = $"{resource.Name}_{endpoint}_";
            if (!key.StartsWith(prefix, StringComparison.Ordinal) || key.Length < prefix.Length + Suffix.Length) continue;
            var rest = key[prefix.Length..^Suffix.Length];
            var end = rest.LastIndexOf('_');
            if (end >= 0 && int.TryParse(rest.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
                return new(endpoint, rest[..end] is { Length: > 0 } path ? path.StartsWith('/') ? path : "/" + path : "/", status);
        }
        return null;
    }
}
