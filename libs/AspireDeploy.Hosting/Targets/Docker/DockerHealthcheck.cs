using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// A workload's probes as Docker's one health check, a command inside the container: readiness where there is one, and the time a start may take as the
/// period during which failures don't count. (https://docs.docker.com/reference/compose-file/services/#healthcheck)
/// </summary>
internal static class DockerHealthcheck
{
    /// <summary>The probe that the health check asks: readiness, else startup, else liveness; null if there is none.</summary>
    internal static Probe? ProbeOf(Workload workload) => workload.Probes.Readiness ?? workload.Probes.Startup ?? workload.Probes.Liveness;

    /// <summary>The command that asks a probe's question inside the container; null if there is none.</summary>
    internal static EquatableArray<string>? CommandOf(Workload workload, Probe probe) => probe.Action switch
    {
        ExecProbe exec => exec.Command,
        HttpProbe http when !workload.HealthCommand.IsEmpty => [.. workload.HealthCommand, http.Path],
        _ when workload.Image is ImageReference image && WellKnownImages.Find(image) is { ReadinessCommand.IsEmpty: false } known => known.ReadinessCommand,
        _ => null,
    };

    /// <summary>The health check of a workload; null if it has no probe, or none that a command can ask.</summary>
    internal static YamlMap? Write(Workload workload)
    {
        if (ProbeOf(workload) is not { } probe || CommandOf(workload, probe) is not { } command) return null;
        return new YamlMap
        {
            { "test", new YamlList(["CMD", .. command.Select(DockerValues.Escape)]) { Flow = true } },
            { "interval", Durations.Print(probe.Period) },
            { "timeout", Durations.Print(probe.Timeout) },
            { "retries", probe.FailureThreshold },
            // Not ready yet isn't failed; and a start is noticed within a second, not after the whole interval (Docker 25 and later).
            { "start_period", Durations.Print(workload.StartPatience) },
            { "start_interval", "1s" },
        };
    }

    /// <summary>What is lost of a probe that no command can ask, or null.</summary>
    internal static ConceptOutcome? LossOf(Workload workload, Probe probe) => CommandOf(workload, probe) is null
        ? ConceptOutcome.Loses($"Docker asks for health by a command inside the container, and nothing is known in {workload.Image} that answers \"{probe.Action}\"",
            ".WithHealthCommand(...) names one")
        : null;
}
