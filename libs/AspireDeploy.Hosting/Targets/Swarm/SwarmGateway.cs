using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Swarm;

/// <summary>
/// The gateway as a service of a stack: Caddy, without root and without Docker's socket, on the node that has the data. It listens on that node itself rather than on Swarm's mesh, which would
/// hide who asks.
/// </summary>
internal static class SwarmGateway
{
    /// <summary>Its configuration, in the target's folder.</summary>
    internal const string Caddyfile = "gateway/Caddyfile";

    /// <summary>What that is called in the file's own list of configs.</summary>
    internal const string Config = "caddyfile";

    internal static YamlMap Write(DeploymentPlan plan, YamlList? networks, DockerOptions options)
    {
        var gateway = plan.Gateway!;
        var isolation = WellKnownImages.Caddy.Isolation;
        var volumes = new YamlList { new YamlMap { { "type", "volume" }, { "source", DockerChecks.CertificatesOf(gateway) }, { "target", CaddyContainer.DataPath } } };
        foreach (var path in isolation.Scratch) volumes.Add(new YamlMap { { "type", "tmpfs" }, { "target", path } });
        return new YamlMap
        {
            { "image", WellKnownImages.CaddyImage.ToString() },
            { "environment", CaddyContainer.Environment(plan) },
            { "configs", new YamlList { new YamlMap { { "source", Config }, { "target", "/etc/caddy/Caddyfile" } } } },
            { "volumes", volumes },
            { "ports", Ports(gateway) },
            // Ports below 1024 without root and without a capability.
            { "sysctls", new YamlMap { { "net.ipv4.ip_unprivileged_port_start", 0 } } },
            { "networks", networks },
            { "healthcheck", CaddyContainer.Healthcheck() },
            { "stop_grace_period", "15s" },
            { "logging", options.Logs.Write() },
            {
                "deploy", new YamlMap
                {
                    { "mode", "replicated" },
                    { "replicas", 1 },
                    { "endpoint_mode", "dnsrr" },
                    { "labels", SwarmService.ContentLabel() },
                    { "placement", SwarmService.DataPlacement(plan) },
                    {
                        "resources", new YamlMap
                        {
                            { "limits", new YamlMap { { "memory", DockerSize.Print(gateway.Memory.Limit) }, { "pids", options.PidLimit } } },
                            { "reservations", new YamlMap { { "memory", DockerSize.Print(gateway.Memory.Request) } } },
                        }
                    },
                    { "restart_policy", new YamlMap { { "condition", "any" }, { "delay", Durations.Print(SwarmConcepts.Delay) } } },
                    // Two can't listen on one port of a node.
                    { "update_config", SwarmService.Update("stop-first", "rollback") },
                    { "rollback_config", SwarmService.Update("stop-first", "pause") },
                }
            },
            { "user", isolation.User },
            { "read_only", true },
            { "cap_drop", new YamlList(["ALL"]) { Flow = true } },
            { "cap_add", new YamlList(isolation.Capabilities) { Flow = true }, "The image's program is marked as having this capability, and isn't started where it can't be given." },
        };
    }

    private static YamlList Ports(PublicGateway gateway)
    {
        var ports = new YamlList { Port(gateway.HttpPort, "tcp") };
        if (!gateway.IsHttps) return ports;
        ports.Add(Port(gateway.HttpsPort, "tcp"));
        ports.Add(Port(gateway.HttpsPort, "udp"));
        return ports;
    }

    private static YamlMap Port(int number, string protocol) => new() { { "published", number }, { "target", number }, { "protocol", protocol }, { "mode", "host" } };
}
