using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Compose;

/// <summary>A workload as a service of a Compose file. (https://docs.docker.com/reference/compose-file/services/)</summary>
internal sealed class ComposeService(DeploymentPlan plan, DockerOptions options, EquatableArray<DockerNetwork> networks)
{
    private readonly DockerValues _values = new(plan);
    private readonly ILookup<string, DockerNetwork> _networks = DockerNetworks.ByMember(networks);

    internal YamlMap Write(Workload workload)
    {
        var mounted = Secrets.FilesOf(workload);
        return new YamlMap
        {
            { "image", DockerService.Image(workload) },
            { "pull_policy", workload.PullPolicy?.ToString().ToLowerInvariant() },
            { "entrypoint", workload.Entrypoint.IsEmpty ? null : new YamlList(workload.Entrypoint.Select(DockerValues.Escape)) { Flow = true } },
            { "command", workload.Arguments.IsEmpty ? null : new YamlList(workload.Arguments.Select(_values.Write)) { Flow = true } },
            { "environment", _values.Environment(workload, mounted) },
            { "env_file", Secrets.UndeliverableOf(workload).IsEmpty ? null : new YamlList([$"./secrets/mounted/{DockerFiles.EnvironmentFile(workload)}"]), "Secrets as environment variables." },
            { "secrets", SecretList(workload, mounted) },
            { "volumes", Volumes(workload) },
            { "ports", Ports(workload) },
            { "networks", Networks(workload.Label, options.TraefikOf(plan, workload)) },
            { "depends_on", DependsOn(workload) },
            { "healthcheck", DockerHealthcheck.Write(workload) },
            { "restart", Restart(workload.Restart) },
            { "stop_grace_period", Durations.Print(workload.StopGracePeriod) },
            { "logging", options.Logs.Write() },
            { "deploy", Deploy(workload) },
            // Without this a container may use as much swap again as it may use memory.
            { "memswap_limit", workload.Memory is { } memory ? DockerSize.Print(memory.Limit) : null },
            { "user", workload.Isolation.User },
            { "read_only", workload.Isolation.ReadOnlyRoot ? true : null },
            { "tmpfs", workload.Isolation.Scratch.IsEmpty ? null : new YamlList(workload.Isolation.Scratch) },
            { "cap_drop", new YamlList(["ALL"]) { Flow = true } },
            { "cap_add", workload.Isolation.Capabilities.IsEmpty ? null : new YamlList(workload.Isolation.Capabilities) { Flow = true } },
            { "security_opt", new YamlList(["no-new-privileges:true"]) { Flow = true } },
            { "labels", AllLabels(workload) },
        };
    }

    /// <summary>The networks a service is on.</summary>
    internal YamlList? Networks(string label, TraefikGateway? traefik)
    {
        var names = _networks[label].Select(static network => network.Name).ToList();
        if (traefik is not null) names.Add(TraefikNetwork.Key);
        return names.Count == 0 ? null : new YamlList(names) { Flow = true };
    }

    /// <summary>Docker's word for a restart policy. <c>unless-stopped</c> comes back after a boot, but not what an operator stopped.</summary>
    internal static YamlText Restart(RestartPolicy restart) => restart switch
    {
        { Mode: RestartMode.Never } => new("no") { Quoted = true },
        { Mode: RestartMode.Always } => new("unless-stopped"),
        { MaxAttempts: { } attempts } => new(string.Create(CultureInfo.InvariantCulture, $"on-failure:{attempts}")),
        _ => new("on-failure"),
    };

    private static YamlList? SecretList(Workload workload, EquatableArray<MountedSecret> mounted)
    {
        var list = new YamlList();
        foreach (var secret in mounted) list.Add(new YamlMap { { "source", DockerFiles.SecretName(workload, secret) }, { "target", secret.Path } });
        return list.Count == 0 ? null : list;
    }

    private static YamlList? Volumes(Workload workload)
    {
        var list = new YamlList();
        foreach (var mount in workload.Mounts)
            list.Add(new YamlMap { { "type", "volume" }, { "source", mount.Volume }, { "target", DockerValues.Escape(mount.Path) }, { "read_only", mount.ReadOnly ? true : null } });
        foreach (var file in workload.Files)
        {
            list.Add(new YamlMap
            {
                { "type", "bind" }, { "source", "./" + DockerValues.Escape(DockerFiles.ContentPath(workload, file)) }, { "target", DockerValues.Escape(file.Path) }, { "read_only", true },
                { "bind", new YamlMap { { "create_host_path", false } } },
            });
        }
        return list.Count == 0 ? null : list;
    }

    private static YamlList? Ports(Workload workload)
    {
        var list = new YamlList();
        foreach (var port in workload.Ports.Where(static port => port.External)) list.Add(Port(port.ExternalNumber ?? port.Number, port.Number, port.Protocol));
        return list.Count == 0 ? null : list;
    }

    internal static YamlText Port(int outside, int inside, PortProtocol protocol) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{outside}:{inside}{(protocol == PortProtocol.Udp ? "/udp" : "")}")) { Quoted = true };

    private YamlMap? DependsOn(Workload workload)
    {
        var map = new YamlMap();
        foreach (var dependency in workload.Dependencies)
        {
            // Compose only knows completion with 0; another code is waited for by deploy.sh.
            var condition = dependency.Condition switch { DependencyCondition.Started => "service_started", DependencyCondition.Healthy => DockerHealthcheck.CanAsk(plan.WorkloadNamed(dependency.On)) ? "service_healthy" : "service_started", _ => "service_completed_successfully" };
            map.Add(plan.WorkloadNamed(dependency.On).Label, new YamlMap { { "condition", condition } });
        }
        return map.Count == 0 ? null : map;
    }

    private YamlMap Deploy(Workload workload)
    {
        var limits = new YamlMap
        {
            { "memory", workload.Memory is { } memory ? DockerSize.Print(memory.Limit) : null },
            { "cpus", DockerService.Cores(workload.Cpu?.Limit) },
            { "pids", options.PidLimit },
        };
        var reservations = new YamlMap { { "memory", workload.Memory is { } reserved ? DockerSize.Print(reserved.Request) : null } };
        var resources = new YamlMap { { "limits", limits }, { "reservations", reservations.Count == 0 ? null : reservations } };
        return new YamlMap { { "replicas", workload.IsJob ? null : workload.Scale.Minimum }, { "resources", resources } };
    }

    private YamlMap? Labels(Workload workload) => options.Traefik is { } traefik ? new TraefikLabels(plan, traefik, TraefikProvider.Docker, new DockerValues(plan).Write).Write(workload) : null;

    private YamlMap? AllLabels(Workload workload)
    {
        var labels = Labels(workload) ?? [];
        // Compose sees that a container's own settings changed, not that a file it mounts did. What is in a secret only deploy.sh knows.
        if (!workload.Files.IsEmpty) labels.Add("aspiredeploy.files", "sha256-" + ContentHash.Long(workload.Files.Select(static file => $"{file.Path}\0{file.Content}\0")));
        if (DockerFiles.HasSecrets(workload)) labels.Add("aspiredeploy.secrets", new YamlText($"${{{DockerFiles.SecretsVariable(workload)}-}}") { Quoted = true });
        return labels.Count == 0 ? null : labels;
    }
}
