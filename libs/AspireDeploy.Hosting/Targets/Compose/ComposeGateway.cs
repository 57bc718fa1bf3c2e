using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Compose;

/// <summary>The gateway as a service of a Compose file: Caddy, without root and without Docker's socket.</summary>
internal static class ComposeGateway
{
    /// <summary>The folder of its configuration, in the target's folder.</summary>
    internal const string Folder = "gateway";

    internal static YamlMap Write(DeploymentPlan plan, ComposeService service, DockerOptions options)
    {
        var gateway = plan.Gateway!;
        var isolation = WellKnownImages.Caddy.Isolation;
        return new YamlMap
        {
            { "image", WellKnownImages.CaddyImage.ToString() },
            { "environment", CaddyContainer.Environment(plan) },
            {
                "volumes", new YamlList
                {
                    // The folder, not the file: a file that publishing replaces would go on being the old one in there.
                    new YamlMap { { "type", "bind" }, { "source", $"./{Folder}" }, { "target", "/etc/caddy" }, { "read_only", true }, { "bind", new YamlMap { { "create_host_path", false } } } },
                    new YamlMap { { "type", "volume" }, { "source", DockerChecks.CertificatesOf(gateway) }, { "target", CaddyContainer.DataPath } },
                }
            },
            { "ports", Ports(gateway) },
            // Ports below 1024 without root and without a capability.
            { "sysctls", new YamlMap { { "net.ipv4.ip_unprivileged_port_start", 0 } } },
            { "networks", service.Networks(gateway.Label, null) },
            { "dns_opt", new YamlList(["ndots:1"]) { Flow = true }, "So that Docker's DNS says at once when no replica runs, rather than ask the machine's about it." },
            { "depends_on", DependsOn(plan, gateway) },
            { "healthcheck", CaddyContainer.Healthcheck() },
            { "restart", "unless-stopped" },
            { "stop_grace_period", "15s" },
            { "logging", options.Logs.Write() },
            {
                "deploy", new YamlMap
                {
                    { "replicas", 1 },
                    {
                        "resources", new YamlMap
                        {
                            { "limits", new YamlMap { { "memory", DockerSize.Print(gateway.Memory.Limit) }, { "pids", options.PidLimit } } },
                            { "reservations", new YamlMap { { "memory", DockerSize.Print(gateway.Memory.Request) } } },
                        }
                    },
                }
            },
            { "memswap_limit", DockerSize.Print(gateway.Memory.Limit) },
            { "user", isolation.User },
            { "read_only", true },
            { "tmpfs", new YamlList(isolation.Scratch) },
            { "cap_drop", new YamlList(["ALL"]) { Flow = true } },
            { "cap_add", new YamlList(isolation.Capabilities) { Flow = true }, "The image's program is marked as having this capability, and isn't started where it can't be given." },
            { "security_opt", new YamlList(["no-new-privileges:true"]) { Flow = true } },
        };
    }

    private static YamlList Ports(PublicGateway gateway)
    {
        var ports = new YamlList { ComposeService.Port(gateway.HttpPort, gateway.HttpPort, PortProtocol.Tcp) };
        if (!gateway.IsHttps) return ports;
        ports.Add(ComposeService.Port(gateway.HttpsPort, gateway.HttpsPort, PortProtocol.Tcp));
        ports.Add(ComposeService.Port(gateway.HttpsPort, gateway.HttpsPort, PortProtocol.Udp));
        return ports;
    }

    private static YamlMap DependsOn(DeploymentPlan plan, PublicGateway gateway)
    {
        var map = new YamlMap();
        foreach (var name in gateway.Routes.Select(static route => route.Workload).Distinct().Order(StringComparer.Ordinal))
        {
            var workload = plan.WorkloadNamed(name);
            map.Add(workload.Label, new YamlMap { { "condition", DockerHealthcheck.Write(workload) is null ? "service_started" : "service_healthy" } });
        }
        return map;
    }
}
