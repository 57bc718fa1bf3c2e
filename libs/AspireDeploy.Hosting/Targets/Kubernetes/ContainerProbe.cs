using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// A workload's probes as a container's.
/// (https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/)
/// </summary>
internal static class ContainerProbe
{
    internal static YamlMap? Startup(Workload workload) =>
        workload.Probes switch
        {
            { Startup: { } startup } => Write(workload, startup),
            // Nothing may end a process for being slow to start before its start counts as failed.
            { Liveness: { } liveness } => Write(
                workload,
                liveness with
                {
                    InitialDelay = TimeSpan.Zero,
                    Period = FirstPeriod,
                    FailureThreshold = Times(workload.StartTimeout),
                }
            ),
            _ => null,
        };

    internal static YamlMap? Readiness(Workload workload) => workload.Probes.Readiness is { } probe ? Write(workload, probe) : null;

    internal static YamlMap? Liveness(Workload workload) => workload.Probes.Liveness is { } probe ? Write(workload, probe) : null;

    private static TimeSpan FirstPeriod { get; } = TimeSpan.FromSeconds(2);

    private static int Times(TimeSpan timeout) => (int)Math.Ceiling(timeout / FirstPeriod);

    private static YamlMap Write(Workload workload, Probe probe) =>
        new()
        {
            { "httpGet", probe.Action is HttpProbe http ? HttpGet(workload.PortNamed(http.Port), http.Path) : null },
            {
                "tcpSocket",
                probe.Action is TcpProbe tcp
                    ? new YamlMap { { "port", workload.PortNamed(tcp.Port).Number } }
                    : null
            },
            {
                "exec",
                probe.Action is ExecProbe exec
                    ? new YamlMap
                    {
                        {
                            "command",
                            new YamlList(exec.Command.Select(KubernetesValues.Escape)) { Flow = true }
                        },
                    }
                    : null
            },
            { "initialDelaySeconds", Durations.SecondsRoundedUp(probe.InitialDelay) },
            { "periodSeconds", Durations.SecondsRoundedUp(probe.Period) },
            { "timeoutSeconds", Durations.SecondsRoundedUp(probe.Timeout) },
            { "failureThreshold", probe.FailureThreshold },
            { "successThreshold", probe.SuccessThreshold },
        };

    private static YamlMap HttpGet(Port port, string path) =>
        new()
        {
            { "path", path },
            { "port", port.Number },
            { "scheme", port.Scheme == "https" ? "HTTPS" : "HTTP" },
        };
}
