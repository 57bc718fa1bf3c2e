using AspireDeploy.Model;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Writers.Hcl;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// Describes how a workload is reached, and how it is asked for its health.
/// (https://developer.hashicorp.com/nomad/docs/job-specification/service)
/// </summary>
internal sealed class NomadService(DeploymentPlan plan, NomadOptions options, NomadNames names)
{
    private readonly NomadPorts _ports = new(plan, options);
    private readonly TraefikLabels? _labels = options.Traefik is { } traefik
        ? new(plan, traefik, TraefikProvider.Nomad, static value => value.AsLiteral ?? value.ToString())
        : null;

    /// <summary>Returns the group's network: every port by its name.</summary>
    internal HclBody Network(Workload workload)
    {
        var body = new HclBody { { "mode", "bridge" } };
        foreach (var port in workload.Ports)
        {
            body.Add(
                ["port", LabelOf(port)],
                new HclBody
                {
                    { "static", _ports.StaticOf(workload, port) },
                    { "to", port.Number },
                    { "host_network", port.External ? null : options.HostNetwork },
                }
            );
        }
        return body;
    }

    internal void AddTo(HclBody group, Workload workload)
    {
        foreach (var port in workload.Ports)
        {
            var body = new HclBody
            {
                { "name", names.ServiceOf(workload, port) },
                { "provider", "nomad" },
                { "port", LabelOf(port) },
                { "tags", _labels?.TagsOf(workload, port) },
            };
            foreach (var check in ChecksOf(workload, port))
                body.Add(["check"], check);
            group.Add(["service"], body);
        }
    }

    internal static string LabelOf(Port port) => port.Name.ToLowerInvariant().Replace('-', '_');

    /// <summary>
    /// Returns the port that a probe asks; of a command the first by TCP, since Nomad's own services run none. Null if there is none.
    /// </summary>
    internal static Port? PortOf(Workload workload, Probe probe) =>
        probe.Action switch
        {
            HttpProbe http => workload.PortNamed(http.Port),
            TcpProbe tcp => workload.PortNamed(tcp.Port),
            ExecProbe => workload.Ports.FirstOrDefault(static port => port.Protocol == PortProtocol.Tcp),
            _ => null,
        };

    /// <summary>
    /// Returns whether a connection tells what a command does: entry points of known images prepare the data first, and open the port when
    /// that is done.
    /// </summary>
    internal static bool ListensOnceItServes(Workload workload) =>
        workload.Image is ImageReference image && WellKnownImages.Find(image) is { ReadinessCommand.IsEmpty: false };

    private static IEnumerable<HclBody> ChecksOf(Workload workload, Port port)
    {
        var (readiness, liveness) = (workload.Probes.Readiness ?? workload.Probes.Startup, workload.Probes.Liveness);
        if (readiness is not null && PortOf(workload, readiness) == port)
            yield return Check(workload, readiness, port, "ready", restarts: readiness.Action == liveness?.Action);
        if (liveness is not null && PortOf(workload, liveness) == port && liveness.Action != readiness?.Action)
            yield return Check(workload, liveness, port, "alive", restarts: true);
    }

    private static HclBody Check(Workload workload, Probe probe, Port port, string name, bool restarts)
    {
        var http = probe.Action as HttpProbe;
        var body = new HclBody
        {
            { "name", name },
            { "type", http is null ? "tcp" : "http" },
            { "path", http?.Path },
            { "method", http is null ? null : "GET" },
            { "protocol", http is not null && port.Scheme == "https" ? "https" : null },
            { "tls_skip_verify", http is not null && port.Scheme == "https" ? true : null },
            { "interval", Durations.Print(AtLeastASecond(probe.Period)) },
            { "timeout", Durations.Print(AtLeastASecond(probe.Timeout)) },
        };
        if (restarts)
            body.Add(
                ["check_restart"],
                new HclBody
                {
                    { "limit", (workload.Probes.Liveness ?? probe).FailureThreshold },
                    { "grace", Durations.Print(workload.ReadyTimeout) },
                    { "ignore_warnings", false },
                }
            );
        return body;
    }

    private static TimeSpan AtLeastASecond(TimeSpan duration) => duration < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : duration;
}
