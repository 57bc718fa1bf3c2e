using AspireDeploy.Model;
using AspireDeploy.Targets.Caddy;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Docker;

/// <summary>Describes what is the same of Caddy's container in a Compose file and in a stack.</summary>
internal static class CaddyContainer
{
    /// <summary>
    /// Gets where certificates and keys are kept. A new volume takes over the permissions of the image's directory that it is mounted on;
    /// this one anybody may write to, so Caddy needs no root.
    /// </summary>
    internal const string DataPath = "/var/tmp";

    /// <summary>Returns the Caddyfile of a plan.</summary>
    internal static string Caddyfile(DeploymentPlan plan) => Caddy.Caddyfile.Write(plan, new(HostOf(plan.Gateway!), route =>
            {
                var workload = plan.WorkloadNamed(route.Workload);
                // With the dot, no search domain of the machine's is tried.
                return CaddyReach.ByDns($"{workload.Label}.", workload.PortNamed(route.Port).Number);
            }));

    /// <summary>Returns the ports that it listens on outside.</summary>
    internal static IEnumerable<(int Number, string Protocol)> PortsOf(PublicGateway gateway) =>
        gateway.IsHttps ? [(gateway.HttpPort, "tcp"), (gateway.HttpsPort, "tcp"), (gateway.HttpsPort, "udp")] : [(gateway.HttpPort, "tcp")];

    internal static YamlMap Environment(DeploymentPlan plan)
    {
        var variables = new YamlMap();
        if (plan.Gateway!.Host.AsLiteral is null)
            variables.Add("GATEWAY_HOST", new YamlText(new DockerValues(plan).Write(plan.Gateway.Host)) { Quoted = true });
        variables.Add("XDG_CONFIG_HOME", new YamlText("/tmp") { Quoted = true });
        variables.Add("XDG_DATA_HOME", new YamlText(DataPath) { Quoted = true });
        return variables;
    }

    internal static YamlMap Healthcheck() =>
        new()
        {
            {
                "test",
                new YamlList(["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:2019/config/"]) { Flow = true }
            },
            { "interval", "10s" },
            { "timeout", "5s" },
            { "retries", 3 },
            { "start_period", "1m" },
            { "start_interval", "1s" },
        };

    private static string HostOf(PublicGateway gateway) => gateway.Host.AsLiteral ?? "{$GATEWAY_HOST}";
}
