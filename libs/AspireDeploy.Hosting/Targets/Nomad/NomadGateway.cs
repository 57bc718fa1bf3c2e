using AspireDeploy.Model;
using AspireDeploy.Targets.Caddy;
using AspireDeploy.Writers.Hcl;

namespace AspireDeploy.Targets.Nomad;

/// <summary>The gateway as a job: Caddy, which Nomad tells where the replicas are.</summary>
internal sealed class NomadGateway(DeploymentPlan plan, NomadOptions options, NomadNames names, NomadTemplates templates)
{
    private const string VolumeLabel = "certificates";

    /// <summary>Returns the volume with its certificates.</summary>
    internal static Volume VolumeOf(PublicGateway gateway) => new($"{gateway.Label}-certificates") { Size = Size.Mebibytes(64) };

    internal PublishedFile Write()
    {
        var gateway = plan.Gateway!;
        var isolation = WellKnownImages.Caddy.Isolation;
        var task = new HclBody
        {
            { "driver", "docker" },
            { "user", isolation.User },
            { "kill_timeout", "15s" },
            {
                ["config"],
                new HclBody
                {
                    { "image", WellKnownImages.CaddyImage.ToString() },
                    { "ports", gateway.IsHttps ? (string[])["http", "https"] : ["http"] },
                    // It reads its configuration anew when Nomad has written it anew, without a pause.
                    { "args", (string[])["caddy", "run", "--config", "/local/Caddyfile", "--adapter", "caddyfile", "--watch"] },
                    { "readonly_rootfs", true },
                    { "cap_drop", (string[])["all"] },
                    { "cap_add", isolation.Capabilities.Select(static capability => capability.ToLowerInvariant()) },
                    { "security_opt", (string[])["no-new-privileges"] },
                    {
                        ["mount"],
                        new HclBody
                        {
                            { "type", "tmpfs" },
                            { "target", "/tmp" },
                            { "readonly", false },
                        }
                    },
                }
            },
            {
                ["env"],
                new HclBody { { "XDG_CONFIG_HOME", "/tmp" }, { "XDG_DATA_HOME", "/data" } }
            },
            {
                ["template"],
                new HclBody
                {
                    { "destination", "local/Caddyfile" },
                    { "change_mode", "noop" },
                    { "data", Caddyfile(gateway) },
                    { ["wait"], NomadTemplates.Soon },
                }
            },
            {
                ["volume_mount"],
                new HclBody
                {
                    { "volume", VolumeLabel },
                    { "destination", "/data" },
                    { "read_only", false },
                }
            },
            {
                ["resources"],
                new HclBody
                {
                    { "cpu", 200 },
                    { "memory", gateway.Memory.Request.MebibytesRoundedUp },
                    { "memory_max", gateway.Memory.Limit.MebibytesRoundedUp },
                }
            },
        };
        var network = new HclBody
        {
            { "mode", "bridge" },
            {
                ["port", "http"],
                new HclBody { { "static", gateway.HttpPort }, { "to", gateway.HttpPort } }
            },
        };
        if (gateway.IsHttps)
            network.Add(["port", "https"], new HclBody { { "static", gateway.HttpsPort }, { "to", gateway.HttpsPort } });
        var group = new HclBody
        {
            { "count", 1 },
            { ["network"], network },
            {
                ["service"],
                new HclBody
                {
                    { "name", names.JobOf(gateway.Label) },
                    { "provider", "nomad" },
                    { "port", "http" },
                    {
                        ["check"],
                        new HclBody
                        {
                            { "name", "ready" },
                            { "type", "tcp" },
                            { "interval", "10s" },
                            { "timeout", "5s" },
                        }
                    },
                }
            },
            {
                ["update"],
                new HclBody
                {
                    { "max_parallel", 1 },
                    { "auto_revert", true },
                    { "health_check", "checks" },
                }
            },
            {
                ["restart"],
                new HclBody
                {
                    { "attempts", 3 },
                    { "interval", "5m" },
                    { "delay", "5s" },
                    { "mode", "fail" },
                }
            },
            {
                ["reschedule"],
                new HclBody
                {
                    { "delay", "5s" },
                    { "delay_function", "exponential" },
                    { "max_delay", "5m" },
                    { "unlimited", true },
                }
            },
            {
                ["volume", VolumeLabel],
                new HclBody
                {
                    { "type", options.CsiPlugin is null ? "host" : "csi" },
                    { "source", names.VolumeOf(VolumeOf(gateway).Name) },
                    { "access_mode", "single-node-writer" },
                    { "attachment_mode", "file-system" },
                    { "read_only", false },
                    { "sticky", options.CsiPlugin is null ? true : null },
                }
            },
            { ["task", gateway.Label], task },
        };
        var job = new HclBody
        {
            { "type", "service" },
            { "namespace", options.Namespace },
            { "datacenters", (string[])["*"] },
            { ["group", gateway.Label], group },
        };
        return NomadJob.Write(
            plan,
            names,
            gateway.Name,
            gateway.Label,
            job,
            "The gateway: ends TLS and spreads requests over the replicas.\nMade by publishing: change the AppHost, not this file."
        );
    }

    // A service knows nothing of its replicas' health, so the gateway asks them itself.
    private string Caddyfile(PublicGateway gateway) =>
        Caddy.Caddyfile.Write(plan, new(gateway.Host.AsLiteral ?? templates.Write(gateway.Label, gateway.Host), route =>
            {
                var workload = plan.WorkloadNamed(route.Workload);
                var lines = new List<string>
                {
                    templates.ForAll(workload, workload.PortNamed(route.Port), "to {{ .Address }}:{{ .Port }}\n\t\t\t\t"),
                };
                if (workload.Probes.Readiness is { Action: HttpProbe probe } readiness && probe.Port == route.Port)
                {
                    lines.Add($"health_uri {CaddyText.Quote(probe.Path)}");
                    lines.Add($"health_interval {Durations.Print(readiness.Period)}");
                    lines.Add($"health_timeout {Durations.Print(readiness.Timeout)}");
                }
                return lines;
            }));
}
