using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Swarm;

/// <summary>A workload as a service of a stack. (https://docs.docker.com/reference/compose-file/deploy/, https://docs.docker.com/engine/swarm/stack-deploy/)</summary>
internal sealed class SwarmService(DeploymentPlan plan, DockerOptions options)
{
    private readonly DockerValues _values = new(plan, isSwarm: true);

    internal YamlMap Write(Workload workload, YamlList? networks)
    {
        var mounted = Secrets.FilesOf(workload);
        return new YamlMap
        {
            { "image", DockerService.Image(workload) },
            { "entrypoint", workload.Entrypoint.IsEmpty ? null : new YamlList(workload.Entrypoint.Select(DockerValues.Escape)) { Flow = true } },
            { "command", workload.Arguments.IsEmpty ? null : new YamlList(workload.Arguments.Select(_values.Write)) { Flow = true } },
            { "environment", _values.Environment(workload, mounted) },
            { "env_file", Secrets.UndeliverableOf(workload).IsEmpty ? null : new YamlList([$"./secrets/mounted/{DockerFiles.EnvironmentFile(workload)}"]), "Secrets as environment variables." },
            { "secrets", SecretList(workload, mounted) },
            { "configs", Configs(workload) },
            { "volumes", Volumes(workload) },
            { "ports", Ports(workload) },
            { "networks", networks },
            { "healthcheck", Healthcheck(workload) },
            { "stop_grace_period", Durations.Print(workload.StopGracePeriod) },
            { "logging", options.Logs.Write() },
            { "deploy", Deploy(workload) },
            { "user", workload.Isolation.User },
            { "read_only", workload.Isolation.ReadOnlyRoot ? true : null },
            { "cap_drop", new YamlList(["ALL"]) { Flow = true } },
            { "cap_add", workload.Isolation.Capabilities.IsEmpty ? null : new YamlList(workload.Isolation.Capabilities) { Flow = true } },
        };
    }

    /// <summary>What a workload's content file is called in the file's own list of configs.</summary>
    internal static string ConfigKey(Workload workload, ContentFile file) => $"{workload.Label}{file.Path.Replace('/', '.')}";

    /// <summary>How many times in a row a workload's probe fails before Swarm replaces the replica. The gateway leaves out one that isn't ready at once, so a replacement can wait a minute: a database's pause replaces nobody.</summary>
    internal static int Retries(Workload workload, Probe probe) =>
        workload.Probes.Readiness == probe && workload.Probes.Liveness is null ? Math.Max(probe.FailureThreshold, (int)Math.Ceiling(TimeSpan.FromMinutes(1) / probe.Period)) : probe.FailureThreshold;

    /// <summary>
    /// How others reach it. By the addresses of its replicas where the gateway balances over them, and where there is one replica: a virtual address would cut connections that are idle for
    /// a quarter of an hour, as those of a pool are. By a virtual address where many are reached by others, who ask for a name once.
    /// </summary>
    internal static string EndpointMode(DeploymentPlan plan, Workload workload) =>
        workload.Ports.Any(static port => port.External) || (workload.Scale.Minimum > 1 && plan.Gateway?.Routes.Any(route => route.Workload == workload.Name) != true) ? "vip" : "dnsrr";

    private static YamlMap? Healthcheck(Workload workload)
    {
        if (DockerHealthcheck.Write(workload) is not { } check || DockerHealthcheck.ProbeOf(workload) is not { } probe) return null;
        var written = new YamlMap();
        foreach (var entry in check) written.Add(entry.Key, entry.Key == "retries" ? new YamlNumber(Retries(workload, probe)) : entry.Value);
        return written;
    }

    private static YamlList? SecretList(Workload workload, EquatableArray<MountedSecret> mounted)
    {
        var list = new YamlList();
        // A container whose user isn't known is run by root, until it gives that up itself.
        var (user, group) = workload.Isolation.UserId is { } id ? (id, workload.Isolation.GroupId ?? id) : (0, 0);
        foreach (var secret in mounted)
            list.Add(new YamlMap { { "source", DockerFiles.SecretName(workload, secret) }, { "target", secret.Path }, { "uid", Number(user) }, { "gid", Number(group) }, { "mode", 0b100_000_000 } });
        return list.Count == 0 ? null : list;
    }

    private static YamlList? Configs(Workload workload)
    {
        var list = new YamlList();
        foreach (var file in workload.Files)
            list.Add(new YamlMap { { "source", ConfigKey(workload, file) }, { "target", DockerValues.Escape(file.Path) }, { "mode", file.Executable ? 0b101_101_101 : 0b100_100_100 } });
        return list.Count == 0 ? null : list;
    }

    private static YamlList? Volumes(Workload workload)
    {
        var list = new YamlList();
        foreach (var mount in workload.Mounts)
            list.Add(new YamlMap { { "type", "volume" }, { "source", mount.Volume }, { "target", DockerValues.EscapeForSwarm(mount.Path) }, { "read_only", mount.ReadOnly ? true : null } });
        foreach (var path in workload.Isolation.Scratch) list.Add(new YamlMap { { "type", "tmpfs" }, { "target", DockerValues.EscapeForSwarm(path) } });
        return list.Count == 0 ? null : list;
    }

    private static YamlList? Ports(Workload workload)
    {
        var list = new YamlList();
        foreach (var port in workload.Ports.Where(static port => port.External))
            list.Add(new YamlMap { { "published", port.ExternalNumber ?? port.Number }, { "target", port.Number }, { "protocol", port.Protocol == PortProtocol.Udp ? "udp" : "tcp" }, { "mode", "ingress" } });
        return list.Count == 0 ? null : list;
    }

    private YamlMap Deploy(Workload workload)
    {
        var order = workload.Update == UpdateOrder.StartFirst ? "start-first" : "stop-first";
        return new YamlMap
        {
            { "mode", workload.IsJob ? "replicated-job" : "replicated" },
            { "replicas", workload.IsJob ? 1 : workload.Scale.Minimum },
            { "endpoint_mode", workload.IsJob ? null : EndpointMode(plan, workload) },
            { "labels", Labels(workload) },
            { "placement", workload.Mounts.IsEmpty ? null : DataPlacement(plan) },
            { "resources", Resources(workload) },
            { "restart_policy", RestartPolicy(workload) },
            { "update_config", workload.IsJob ? null : Update(order, "rollback", DelayOf(plan, workload, options)) },
            { "rollback_config", workload.IsJob ? null : Update(order, "pause", DelayOf(plan, workload, options)) },
        };
    }

    /// <summary>Where data is: on the node that has the label, which <c>deploy.sh</c> gives to one at the first deployment.</summary>
    internal static YamlMap DataPlacement(DeploymentPlan plan) => new() { { "constraints", new YamlList([$"node.labels.{SwarmNames.DataLabel(plan)} == true"]) { Flow = true } } };

    /// <summary>The label by which <c>deploy.sh</c> sees that nothing has changed.</summary>
    internal static YamlMap ContentLabel() => new() { { SwarmNames.ContentLabel, new YamlText($"${{{SwarmNames.ContentVariable}-}}") { Quoted = true } } };

    /// <summary>How long an update waits after each replica behind a Traefik that runs already, which looks for them every 15 s unless it is configured.</summary>
    internal static readonly TimeSpan TraefikDelay = TimeSpan.FromSeconds(20);

    /// <summary>How long an update of a workload waits after each replica. With one there is nothing to wait for: the other is gone by then.</summary>
    internal static TimeSpan? DelayOf(DeploymentPlan plan, Workload workload, DockerOptions options) => workload.Scale.Minimum > 1 && options.TraefikOf(plan, workload) is not null ? TraefikDelay : null;

    /// <summary>One after the other; a new replica that fails within 10 s of having become healthy counts too.</summary>
    internal static YamlMap Update(string order, string onFailure, TimeSpan? delay = null) =>
        new() { { "order", order }, { "parallelism", 1 }, { "delay", delay is { } wait ? Durations.Print(wait) : null }, { "failure_action", onFailure }, { "monitor", "10s" }, { "max_failure_ratio", new YamlNumber(0) } };

    private YamlMap Labels(Workload workload)
    {
        var labels = ContentLabel();
        foreach (var label in options.Traefik is { } traefik ? new TraefikLabels(plan, traefik, TraefikProvider.Swarm, new DockerValues(plan).Write).Write(workload) : []) labels.Add(label.Key, label.Value);
        return labels;
    }

    private YamlMap Resources(Workload workload)
    {
        var limits = new YamlMap
        {
            { "memory", workload.Memory is { } memory ? DockerSize.Print(memory.Limit) : null },
            { "cpus", DockerService.Cores(workload.Cpu?.Limit) },
            { "pids", options.PidLimit },
        };
        var reservations = new YamlMap { { "memory", workload.Memory is { } reserved ? DockerSize.Print(reserved.Request) : null }, { "cpus", DockerService.Cores(workload.Cpu?.Request) } };
        return new YamlMap { { "limits", limits }, { "reservations", reservations.Count == 0 ? null : reservations } };
    }

    private static YamlMap RestartPolicy(Workload workload)
    {
        var restart = workload.Restart;
        return new YamlMap
        {
            { "condition", restart.Mode switch { RestartMode.Never => "none", RestartMode.Always => "any", _ => "on-failure" } },
            { "delay", restart.Mode == RestartMode.Never ? null : Durations.Print(restart.BackOff?.Initial ?? SwarmConcepts.Delay) },
            { "max_attempts", restart.MaxAttempts is { } attempts ? new YamlNumber(attempts) : null },
            { "window", restart.ResetAfter is { } stretch ? Durations.Print(stretch) : null },
        };
    }

    private static YamlText Number(int number) => new(number.ToString(CultureInfo.InvariantCulture)) { Quoted = true };
}
