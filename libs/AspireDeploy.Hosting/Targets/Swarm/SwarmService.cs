using System.Globalization;
using System.Text.Json.Nodes;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Swarm;

/// <summary>
/// Describes what Docker Swarm has of a service in its own way. The gateway listens on the node that has the data itself rather than on
/// Swarm's mesh, which would hide who asks. (https://docs.docker.com/reference/compose-file/deploy/,
/// https://docs.docker.com/engine/swarm/stack-deploy/)
/// </summary>
internal sealed class SwarmService(DeploymentPlan plan, DockerOptions options, EquatableArray<DockerNetwork> networks)
    : DockerService(plan, options, networks, new(plan, isSwarm: true))
{
    /// <summary>Gets the gateway's configuration, in the target's folder.</summary>
    internal const string Caddyfile = "gateway/Caddyfile";

    /// <summary>Gets what that is called in the file's own list of configs.</summary>
    internal const string CaddyfileConfig = "caddyfile";

    /// <summary>
    /// Gets how long an update waits after each replica behind a Traefik that runs already, which looks for them every 15 s unless it is
    /// configured.
    /// </summary>
    internal static readonly TimeSpan TraefikDelay = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Returns how long an update of a workload waits after each replica. With one there is nothing to wait for: the other is gone by then.
    /// </summary>
    internal static TimeSpan? DelayOf(DeploymentPlan plan, Workload workload, DockerOptions options) =>
        workload.Scale.Minimum > 1 && options.TraefikOf(plan, workload) is not null ? TraefikDelay : null;

    private protected override string Kind => "swarm";

    private protected override string? Refuse(JsonObject service) =>
        service["deploy"] is JsonObject deploy && deploy["labels"] is JsonObject labels && labels.ContainsKey(SwarmNames.ContentLabel)
            ? null
            : $"takes deploy.labels[\"{SwarmNames.ContentLabel}\"] away, by which deploy.sh sees what has changed; leave it there";

    private protected override YamlMap Own(Workload workload) =>
        new() { { "configs", Any([.. workload.Files.Select(file => ConfigOf(workload, file))]) }, { "deploy", Deploy(workload) } };

    private protected override YamlMap Own(PublicGateway gateway) =>
        new()
        {
            {
                "configs",
                new YamlList
                {
                    new YamlMap { { "source", CaddyfileConfig }, { "target", "/etc/caddy/Caddyfile" } },
                }
            },
            { "volumes", Any([Certificates(gateway), .. WellKnownImages.Caddy.Isolation.Scratch.Select(Scratch)]) },
            {
                "deploy",
                new YamlMap
                {
                    { "mode", "replicated" },
                    { "replicas", 1 },
                    { "endpoint_mode", "dnsrr" },
                    { "labels", ContentLabel() },
                    { "placement", DataPlacement() },
                    { "resources", Resources(gateway) },
                    {
                        "restart_policy",
                        new YamlMap { { "condition", "any" }, { "delay", Durations.Print(SwarmConcepts.Delay) } }
                    },
                    // Two can't listen on one port of a node.
                    { "update_config", Update("stop-first", "rollback") },
                    { "rollback_config", Update("stop-first", "pause") },
                }
            },
        };

    private protected override YamlMap SecretOf(Workload workload, MountedSecret secret)
    {
        // A container whose user isn't known is run by root, until it gives that up itself.
        var (user, group) = workload.Isolation.UserId is { } id ? (id, workload.Isolation.GroupId ?? id) : (0, 0);
        return new()
        {
            { "source", DockerFiles.SecretName(workload, secret) },
            { "target", secret.Path },
            { "uid", Number(user) },
            { "gid", Number(group) },
            { "mode", 0b100_000_000 },
        };
    }

    private protected override IEnumerable<YamlNode> MoreVolumes(Workload workload) => workload.Isolation.Scratch.Select(Scratch);

    private protected override YamlNode Port(int outside, int inside, string protocol) => Port(outside, inside, protocol, "ingress");

    private protected override YamlNode GatewayPort(int number, string protocol) => Port(number, number, protocol, "host");

    private protected override YamlMap? Healthcheck(Workload workload)
    {
        if (DockerHealthcheck.Write(workload) is not { } check || DockerHealthcheck.ProbeOf(workload) is not { } probe)
            return null;
        var written = new YamlMap();
        foreach (var entry in check)
            written.Add(entry.Key, entry.Key == "retries" ? new YamlNumber(Retries(workload, probe)) : entry.Value);
        return written;
    }

    // How many times in a row a probe fails before Swarm replaces the replica. The gateway leaves out one that isn't ready at once, so a
    // replacement can wait a minute: a database's pause replaces nobody.
    private static int Retries(Workload workload, Probe probe) =>
        workload.Probes.Readiness == probe && workload.Probes.Liveness is null
            ? Math.Max(probe.FailureThreshold, (int)Math.Ceiling(TimeSpan.FromMinutes(1) / probe.Period))
            : probe.FailureThreshold;

    private static YamlMap Port(int outside, int inside, string protocol, string mode) =>
        new()
        {
            { "published", outside },
            { "target", inside },
            { "protocol", protocol },
            { "mode", mode },
        };

    private static YamlMap Scratch(string path) => new() { { "type", "tmpfs" }, { "target", DockerValues.EscapeForSwarm(path) } };

    private static YamlMap ConfigOf(Workload workload, ContentFile file) =>
        new()
        {
            { "source", SwarmNames.ConfigKey(workload, file) },
            { "target", DockerValues.Escape(file.Path) },
            { "mode", file.Executable ? 0b101_101_101 : 0b100_100_100 },
        };

    private YamlMap Deploy(Workload workload)
    {
        var order = workload.Update == UpdateOrder.StartFirst ? "start-first" : "stop-first";
        return new()
        {
            { "mode", workload.IsJob ? "replicated-job" : "replicated" },
            { "replicas", workload.IsJob ? 1 : workload.Scale.Minimum },
            { "endpoint_mode", workload.IsJob ? null : EndpointMode(workload) },
            { "labels", Labels(workload) },
            { "placement", workload.Mounts.IsEmpty ? null : DataPlacement() },
            { "resources", Resources(workload, workload.Cpu?.Request) },
            { "restart_policy", RestartPolicy(workload.Restart) },
            { "update_config", workload.IsJob ? null : Update(order, "rollback", DelayOf(Plan, workload, Options)) },
            { "rollback_config", workload.IsJob ? null : Update(order, "pause", DelayOf(Plan, workload, Options)) },
        };
    }

    // By the addresses of its replicas where the gateway balances over them, and where there is one replica: a virtual address would cut
    // connections that are idle for a quarter of an hour, as those of a pool are. By a virtual address where many are reached by others,
    // who ask for a name once.
    private string EndpointMode(Workload workload) =>
        workload.Ports.Any(static port => port.External)
        || (workload.Scale.Minimum > 1 && Plan.Gateway?.Routes.Any(route => route.Workload == workload.Name) != true)
            ? "vip"
            : "dnsrr";

    // On the node that has the label, which deploy.sh gives to one at the first deployment.
    private YamlMap DataPlacement() => new() { { "constraints", Flow([$"node.labels.{SwarmNames.DataLabel(Plan)} == true"]) } };

    // The label by which deploy.sh sees that nothing has changed.
    private static YamlMap ContentLabel() =>
        new()
        {
            {
                SwarmNames.ContentLabel,
                new YamlText($"${{{SwarmNames.ContentVariable}-}}") { Quoted = true }
            },
        };

    // One after the other; a new replica that fails within 10 s of having become healthy counts too.
    private static YamlMap Update(string order, string onFailure, TimeSpan? delay = null) =>
        new()
        {
            { "order", order },
            { "parallelism", 1 },
            { "delay", delay is { } wait ? Durations.Print(wait) : null },
            { "failure_action", onFailure },
            { "monitor", "10s" },
            { "max_failure_ratio", new YamlNumber(0) },
        };

    private YamlMap Labels(Workload workload)
    {
        var labels = ContentLabel();
        foreach (var label in TraefikLabels(workload, TraefikProvider.Swarm))
            labels.Add(label.Key, label.Value);
        return labels;
    }

    private static YamlMap RestartPolicy(RestartPolicy restart) =>
        new()
        {
            {
                "condition",
                restart.Mode switch
                {
                    RestartMode.Never => "none",
                    RestartMode.Always => "any",
                    _ => "on-failure",
                }
            },
            { "delay", restart.Mode == RestartMode.Never ? null : Durations.Print(restart.BackOff?.Initial ?? SwarmConcepts.Delay) },
            { "max_attempts", restart.MaxAttempts is { } attempts ? new YamlNumber(attempts) : null },
            { "window", restart.ResetAfter is { } stretch ? Durations.Print(stretch) : null },
        };

    private static YamlText Number(int number) => new(number.ToString(CultureInfo.InvariantCulture)) { Quoted = true };
}
