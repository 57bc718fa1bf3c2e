using System.Globalization;
using System.Text.Json.Nodes;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Compose;

/// <summary>
/// Describes what Docker Compose has of a service in its own way. (https://docs.docker.com/reference/compose-file/services/)
/// </summary>
internal sealed class ComposeService(DeploymentPlan plan, DockerOptions options, EquatableArray<DockerNetwork> networks)
    : DockerService(plan, options, networks, new(plan))
{
    /// <summary>Gets the folder of the gateway's configuration, in the target's folder.</summary>
    internal const string GatewayFolder = "gateway";

    /// <summary>
    /// Docker's word for a restart policy. <c>unless-stopped</c> comes back after a boot, but not what an operator stopped.
    /// </summary>
    internal static YamlText Restart(RestartPolicy restart) =>
        restart switch
        {
            { Mode: RestartMode.Never } => new("no") { Quoted = true },
            { Mode: RestartMode.Always } => new("unless-stopped"),
            { MaxAttempts: { } attempts } => new(string.Create(CultureInfo.InvariantCulture, $"on-failure:{attempts}")),
            _ => new("on-failure"),
        };

    private protected override string Kind => "compose";

    // The label by which deploy.sh sees what has changed comes to them.
    private protected override string? Refuse(JsonObject service) =>
        service["labels"] is null or JsonObject
            ? null
            : "makes labels something else than an object, and a label of deploy.sh's own comes to them; write { \"NAME\": \"VALUE\" }";

    private protected override YamlMap Own(Workload workload) =>
        new()
        {
            { "pull_policy", workload.PullPolicy?.ToString().ToLowerInvariant() },
            { "depends_on", DependsOn(workload) },
            { "restart", Restart(workload.Restart) },
            {
                "deploy",
                new YamlMap
                {
                    { "replicas", workload.IsJob ? null : workload.Scale.Minimum },
                    { "resources", Resources(workload, reservedCores: null) },
                }
            },
            // Without this a container may use as much swap again as it may use memory.
            { "memswap_limit", workload.Memory is { } memory ? DockerSize.Print(memory.Limit) : null },
            { "tmpfs", workload.Isolation.Scratch.IsEmpty ? null : new YamlList(workload.Isolation.Scratch) },
            { "security_opt", Flow(["no-new-privileges:true"]) },
            { "labels", Labels(workload) },
        };

    private protected override YamlMap Own(PublicGateway gateway) =>
        new()
        {
            // The folder, not the file: a file that publishing replaces would go on being the old one in there.
            {
                "volumes",
                new YamlList { Bind($"./{GatewayFolder}", "/etc/caddy"), Certificates(gateway) }
            },
            {
                "dns_opt",
                Flow(["ndots:1"]),
                "So that Docker's DNS says at once when no replica runs, rather than ask the machine's about it."
            },
            { "depends_on", DependsOn(gateway) },
            { "restart", "unless-stopped" },
            {
                "deploy",
                new YamlMap { { "replicas", 1 }, { "resources", Resources(gateway) } }
            },
            { "memswap_limit", DockerSize.Print(gateway.Memory.Limit) },
            { "tmpfs", new YamlList(WellKnownImages.Caddy.Isolation.Scratch) },
            { "security_opt", Flow(["no-new-privileges:true"]) },
        };

    private protected override YamlMap SecretOf(Workload workload, MountedSecret secret) =>
        new() { { "source", DockerFiles.SecretName(workload, secret) }, { "target", secret.Path } };

    private protected override IEnumerable<YamlNode> MoreVolumes(Workload workload) =>
        workload.Files.Select(file =>
            Bind("./" + DockerValues.Escape(DockerFiles.ContentPath(workload, file)), DockerValues.Escape(file.Path))
        );

    private protected override YamlNode Port(int outside, int inside, string protocol) =>
        new YamlText(string.Create(CultureInfo.InvariantCulture, $"{outside}:{inside}{(protocol == "udp" ? "/udp" : "")}"))
        {
            Quoted = true,
        };

    private static YamlMap Bind(string source, string target) =>
        new()
        {
            { "type", "bind" },
            { "source", source },
            { "target", target },
            { "read_only", true },
            {
                "bind",
                new YamlMap { { "create_host_path", false } }
            },
        };

    private YamlMap? DependsOn(Workload workload)
    {
        var map = new YamlMap();
        // Compose only knows completion with 0; another code is waited for by deploy.sh.
        foreach (var dependency in workload.Dependencies)
        {
            var on = Plan.WorkloadNamed(dependency.On);
            map.Add(
                on.Label,
                Condition(
                    dependency.Condition switch
                    {
                        DependencyCondition.Completed => "completed_successfully",
                        DependencyCondition.Healthy when DockerHealthcheck.CanAsk(on) => "healthy",
                        _ => "started",
                    }
                )
            );
        }
        return map.Count == 0 ? null : map;
    }

    private YamlMap DependsOn(PublicGateway gateway)
    {
        var map = new YamlMap();
        foreach (
            var workload in gateway
                .Routes.Select(static route => route.Workload)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(Plan.WorkloadNamed)
        )
            map.Add(workload.Label, Condition(DockerHealthcheck.CanAsk(workload) ? "healthy" : "started"));
        return map;
    }

    private static YamlMap Condition(string condition) => new() { { "condition", $"service_{condition}" } };

    private YamlMap? Labels(Workload workload)
    {
        var labels = TraefikLabels(workload, TraefikProvider.Docker);
        // Compose sees that a container's own settings changed, not that a file it mounts did. What is in a secret only deploy.sh knows.
        if (!workload.Files.IsEmpty)
            labels.Add(
                "aspiredeploy.files",
                "sha256-" + ContentHash.Long(workload.Files.Select(static file => $"{file.Path}\0{file.Content}\0"))
            );
        if (DockerFiles.HasSecrets(workload))
            labels.Add("aspiredeploy.secrets", new YamlText($"${{{DockerFiles.SecretsVariable(workload)}-}}") { Quoted = true });
        return labels.Count == 0 ? null : labels;
    }
}
