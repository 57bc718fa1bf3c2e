using System.Globalization;
using AspireDeploy.Model;

namespace AspireDeploy.Targets;

/// <summary>A concept, told apart from targets: how it is named and what declares it.</summary>
/// <param name="Concept">Which.</param>
/// <param name="Key">Its name in errors, reports and <c>--allow-loss api.KEY</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="DeclaredBy">What declares it in an AppHost, for the page.</param>
/// <param name="Declared">What is declared of it on a subject, in a few words; null if nothing is.</param>
internal sealed record ConceptDefinition(
    Concept Concept,
    string Key,
    string Title,
    string DeclaredBy,
    Func<ConceptSubject, string?> Declared
);

/// <summary>Every concept's definition.</summary>
internal static class Concepts
{
    /// <summary>Gets all of them, in the order of reports: the six concepts of deployment first, in their own order.</summary>
    public static EquatableArray<ConceptDefinition> All { get; } =
    [
        new(Concept.Https, "https", "HTTPS", "`AddGateway`, `.WithHttps(host)`", subject =>
            subject.Gateway is { IsHttps: true } gateway ? $"{gateway.Host}, {Words(gateway.Certificate)}" : null
        ),
        new(Concept.Routing, "routing", "Routing and load balancing", "`AddGateway`, `.WithRoute(path, service)`", subject =>
            subject.Gateway is { } gateway
                ? string.Join(", ", gateway.Routes.Select(static route => $"{route.PathPrefix} to {route.Workload}"))
                : null
        ),
        new(
            Concept.Startup,
            "startup",
            "Running on startup",
            "every service",
            Service(static workload => workload.Restart.Mode == RestartMode.Always ? "after a boot too" : null)
        ),
        new(
            Concept.Waits,
            "waits",
            "Waiting for what it needs",
            "`WaitFor`, `WaitForStart`",
            Workload(static workload =>
                List(workload.Dependencies.Where(static dependency => dependency.Condition != DependencyCondition.Completed))
            )
        ),
        new(
            Concept.StartupProbe,
            "startup-probe",
            "Startup probe",
            "`WithHttpProbe(ProbeType.Startup)`",
            Workload(static workload => Words(workload.Probes.Startup))
        ),
        new(
            Concept.Readiness,
            "readiness",
            "Readiness",
            "`WithHttpHealthCheck`, `WithHttpProbe(ProbeType.Readiness)`",
            Workload(static workload => Words(workload.Probes.Readiness))
        ),
        new(
            Concept.Liveness,
            "liveness",
            "Liveness",
            "`WithHttpProbe(ProbeType.Liveness)`",
            Workload(static workload => Words(workload.Probes.Liveness))
        ),
        new(Concept.Restart, "restart", "Restarts", "`.WithRestartPolicy(...)`", Workload(static workload => workload.Restart.ToString())),
        new(
            Concept.BackOff,
            "backoff",
            "Back-off",
            "`.WithRestartPolicy(..., initialBackoff)`",
            Workload(static workload => Words(workload.Restart))
        ),
        new(
            Concept.Replicas,
            "replicas",
            "Replication",
            "`WithReplicas`",
            Service(static workload => workload.Scale.Minimum.ToString(CultureInfo.InvariantCulture))
        ),
        new(
            Concept.Autoscale,
            "autoscale",
            "Autoscaling",
            "`.WithAutoscaling(...)`",
            Workload(static workload => workload.Scale.IsAutomatic ? workload.Scale.ToString() : null)
        ),
        new(
            Concept.Update,
            "update",
            "Updates",
            "every service",
            Service(static workload => workload.Update == UpdateOrder.StartFirst ? "the new replica first" : "the old replica stops first")
        ),
        new(Concept.Memory, "memory", "Memory", "`.WithMemory(...)`", static subject =>
            (subject.Workload is { } workload ? workload.Memory : subject.Gateway?.Memory)?.ToString()
        ),
        new(Concept.Cpu, "cpu", "Processor", "`.WithCpu(...)`", Workload(static workload => workload.Cpu?.ToString())),
        new(
            Concept.Pids,
            "pids",
            "Processes",
            "`.WithPidLimit(...)`",
            Workload(static workload => workload.PidLimit?.ToString(CultureInfo.InvariantCulture))
        ),
        new(
            Concept.PreviousSteps,
            "steps",
            "Previous steps",
            "`WaitForCompletion`",
            Workload(static workload =>
                workload.IsJob
                    ? $"runs once, within {Durations.Print(workload.JobTimeout)}"
                    : List(workload.Dependencies.Where(static dependency => dependency.Condition == DependencyCondition.Completed))
            )
        ),
        new(
            Concept.Secrets,
            "secrets",
            "Secrets",
            "secret parameters, connection strings",
            Workload(static workload => Secrets.NamesOf(workload) is { IsEmpty: false } names ? string.Join(", ", names) : null)
        ),
        new(
            Concept.Data,
            "data",
            "Data",
            "`WithVolume`, `WithDataVolume`",
            Workload(static workload =>
                workload.Mounts.IsEmpty
                    ? null
                    : string.Join(", ", workload.Mounts.Select(static mount => $"{mount.Volume} at {mount.Path}"))
            )
        ),
        new(
            Concept.Files,
            "files",
            "Files",
            "`WithBindMount`, `WithContainerFiles`",
            Workload(static workload => workload.Files.IsEmpty ? null : string.Join(", ", workload.Files.Select(static file => file.Path)))
        ),
        new(
            Concept.Network,
            "network",
            "Who may reach it",
            "`WithReference`",
            Workload(static workload => workload.Ports.IsEmpty ? null : "those who refer to it")
        ),
        new(
            Concept.ExternalPort,
            "external-port",
            "External port",
            "`WithExternalHttpEndpoints`",
            Workload(static workload =>
                workload.Ports.Any(static port => port.External)
                    ? string.Join(
                        ", ",
                        workload
                            .Ports.Where(static port => port.External)
                            .Select(static port => $"{port.Name} {port.ExternalNumber ?? port.Number}")
                    )
                    : null
            )
        ),
        new(Concept.Isolation, "isolation", "Isolation", "every workload", Workload(static workload => workload.Isolation.ToString())),
        new(
            Concept.Stop,
            "stop",
            "Stopping",
            "every service",
            Service(static workload => $"{Durations.Print(workload.StopGracePeriod)} to finish")
        ),
        new(
            Concept.Pull,
            "pull",
            "Pulling the image",
            "`WithImagePullPolicy`",
            Workload(static workload => workload.PullPolicy?.ToString().ToLowerInvariant())
        ),
    ];

    /// <summary>Returns a concept's definition.</summary>
    public static ConceptDefinition Definition(Concept concept) => All.First(each => each.Concept == concept);

    private static Func<ConceptSubject, string?> Workload(Func<Workload, string?> declared) =>
        subject => subject.Workload is { } workload ? declared(workload) : null;

    private static Func<ConceptSubject, string?> Service(Func<Workload, string?> declared) =>
        subject => subject.Workload is { IsJob: false } workload ? declared(workload) : null;

    private static string? List(IEnumerable<Dependency> dependencies) =>
        string.Join(", ", dependencies) is { Length: > 0 } list ? list : null;

    private static string? Words(Probe? probe) =>
        probe is null
            ? null
            : $"{probe.Action}, every {Durations.Print(probe.Period)} within {Durations.Print(probe.Timeout)}, "
                + $"{probe.FailureThreshold} failures";

    private static string? Words(RestartPolicy restart) =>
        (restart.BackOff, restart.ResetAfter) switch
        {
            (null, null) => null,
            ({ } backOff, null) => backOff.ToString(),
            (null, { } stretch) => $"counts anew after {Durations.Print(stretch)}",
            ({ } backOff, { } stretch) => $"{backOff}, counts anew after {Durations.Print(stretch)}",
        };

    private static string Words(CertificateMode mode) =>
        mode switch
        {
            CertificateMode.Automatic => "a public certificate that renews by itself",
            CertificateMode.Internal => "a certificate of the gateway's own authority",
            _ => "none",
        };
}
