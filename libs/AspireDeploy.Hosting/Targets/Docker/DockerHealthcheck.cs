using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// A workload's probes as Docker's one health check, a command inside the container: readiness where there is one, and the time a start may
/// take as the period during which failures don't count. (https://docs.docker.com/reference/compose-file/services/#healthcheck)
/// </summary>
internal static class DockerHealthcheck
{
    /// <summary>Returns the probe that the health check asks: readiness, else startup, else liveness; null if there is none.</summary>
    internal static Probe? ProbeOf(Workload workload) => workload.Probes.Readiness ?? workload.Probes.Startup ?? workload.Probes.Liveness;

    /// <summary>Returns the command that asks a probe's question inside the container; null if there is none.</summary>
    internal static EquatableArray<string>? CommandOf(Workload workload, Probe probe) =>
        probe.Action switch
        {
            ExecProbe exec => exec.Command,
            HttpProbe http when !workload.HealthCommand.IsEmpty => [.. workload.HealthCommand, http.Path],
            _ when workload.Image is ImageReference image && WellKnownImages.Find(image) is { ReadinessCommand.IsEmpty: false } known =>
                known.ReadinessCommand,
            _ => ShellProbe.Create(workload, probe),
        };

    /// <summary>Returns whether Docker can tell that a workload is healthy.</summary>
    internal static bool CanAsk(Workload workload) => ProbeOf(workload) is { } probe && CommandOf(workload, probe) is not null;

    /// <summary>Returns the health check of a workload; null if it has no probe, or none that a command can ask.</summary>
    internal static YamlMap? Write(Workload workload)
    {
        if (ProbeOf(workload) is not { } probe || CommandOf(workload, probe) is not { } command)
            return null;
        return new YamlMap
        {
            {
                "test",
                new YamlList(["CMD", .. command.Select(DockerValues.Escape)]) { Flow = true }
            },
            { "interval", Durations.Print(probe.Period) },
            { "timeout", Durations.Print(probe.Timeout) },
            { "retries", probe.FailureThreshold },
            // Not ready yet isn't failed; and a start is noticed within a second, not after the whole interval (Docker 25 and later).
            { "start_period", Durations.Print(workload.ReadyTimeout) },
            { "start_interval", "1s" },
        };
    }

    /// <summary>Returns what is weaker where no command can ask a probe's question, or asks less; null where nothing is.</summary>
    internal static ConceptOutcome? ShortfallOf(Workload workload, Probe probe, string mechanism)
    {
        const string Remedy = ".WithExecProbe(ProbeType.Readiness, [...]) names a command that the image has";
        if (CommandOf(workload, probe) is null)
        {
            return ConceptOutcome.Weakens(
                "nothing",
                $"Docker asks for health by a command inside the container, and no command is known in {workload.Image} that "
                    + $"answers \"{probe.Action}\": a replica counts as ready once it runs",
                Remedy
            );
        }
        return ShellProbe.IsWeaker(workload, probe) && probe.Action is HttpProbe
            ? ConceptOutcome.Weakens(
                mechanism,
                $"A connection is asked for in place of \"{probe.Action}\", as the image's shell doesn't speak TLS",
                Remedy
            )
            : null;
    }
}
