using System.Globalization;
using System.Text.Json.Nodes;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// A service of a Compose file or of a stack. What both have is written here, in the one order of keys that both have; what one of them has
/// alone, or in a way of its own, is its own class's. (https://docs.docker.com/reference/compose-file/services/)
/// </summary>
/// <param name="plan">The plan, by the name that it is deployed under.</param>
/// <param name="options">What was chosen of the target.</param>
/// <param name="networks">The deployment's networks.</param>
/// <param name="values">How values are written for it.</param>
internal abstract class DockerService(
    DeploymentPlan plan,
    DockerOptions options,
    EquatableArray<DockerNetwork> networks,
    DockerValues values
)
{
    private static readonly string[] Order =
    [
        "image",
        "pull_policy",
        "entrypoint",
        "command",
        "environment",
        "env_file",
        "secrets",
        "configs",
        "volumes",
        "ports",
        "sysctls",
        "networks",
        "dns_opt",
        "depends_on",
        "healthcheck",
        "restart",
        "stop_grace_period",
        "logging",
        "deploy",
        "memswap_limit",
        "user",
        "read_only",
        "tmpfs",
        "cap_drop",
        "cap_add",
        "security_opt",
        "labels",
    ];

    private readonly ILookup<string, DockerNetwork> _networks = DockerNetworks.ByMember(networks);

    /// <summary>Gets the plan.</summary>
    protected DeploymentPlan Plan { get; } = plan;

    /// <summary>Gets what was chosen of the target.</summary>
    protected DockerOptions Options { get; } = options;

    /// <summary>Writes a workload.</summary>
    internal ChangedYaml Write(Workload workload)
    {
        var mounted = Secrets.FilesOf(workload);
        var shared = new YamlMap
        {
            {
                "image",
                workload.Image is BuiltImage built
                    ? DockerSettings.PlaceholderOf(DockerSettings.ImageOf(workload, built))
                    : workload.Image.ToString()!
            },
            { "entrypoint", workload.Entrypoint.IsEmpty ? null : Flow(workload.Entrypoint.Select(DockerValues.Escape)) },
            { "command", workload.Arguments.IsEmpty ? null : Flow(workload.Arguments.Select(values.Write)) },
            { "environment", values.Environment(workload, mounted) },
            {
                "env_file",
                Secrets.UndeliverableOf(workload).IsEmpty
                    ? null
                    : new YamlList([$"./secrets/mounted/{DockerFiles.EnvironmentFile(workload)}"]),
                "Secrets as environment variables."
            },
            { "secrets", Any([.. mounted.Select(secret => SecretOf(workload, secret))]) },
            { "volumes", Any([.. workload.Mounts.Select(Mount), .. MoreVolumes(workload)]) },
            {
                "ports",
                Any([
                    .. workload
                        .Ports.Where(static port => port.External)
                        .Select(port => Port(port.ExternalNumber ?? port.Number, port.Number, ProtocolOf(port))),
                ])
            },
            { "networks", NetworksOf(workload.Label, Options.TraefikOf(Plan, workload)) },
            { "healthcheck", Healthcheck(workload) },
            { "stop_grace_period", Durations.Print(workload.StopGracePeriod) },
            { "logging", Options.Logs.Write() },
            { "user", workload.Isolation.User },
            { "read_only", workload.Isolation.ReadOnlyRoot ? true : null },
            { "cap_drop", Flow(["ALL"]) },
            { "cap_add", workload.Isolation.Capabilities.IsEmpty ? null : Flow(workload.Isolation.Capabilities) },
        };
        return Changed(workload.Name, InOrder([.. shared, .. Own(workload)]));
    }

    /// <summary>Writes the gateway: Caddy, without root and without Docker's socket.</summary>
    internal ChangedYaml Write(PublicGateway gateway)
    {
        var isolation = WellKnownImages.Caddy.Isolation;
        var shared = new YamlMap
        {
            { "image", WellKnownImages.CaddyImage.ToString() },
            { "environment", CaddyContainer.Environment(Plan) },
            { "ports", Any([.. CaddyContainer.PortsOf(gateway).Select(port => GatewayPort(port.Number, port.Protocol))]) },
            // Ports below 1024 without root and without a capability.
            {
                "sysctls",
                new YamlMap { { "net.ipv4.ip_unprivileged_port_start", 0 } }
            },
            { "networks", NetworksOf(gateway.Label, null) },
            { "healthcheck", CaddyContainer.Healthcheck() },
            { "stop_grace_period", "15s" },
            { "logging", Options.Logs.Write() },
            { "user", isolation.User },
            { "read_only", true },
            { "cap_drop", Flow(["ALL"]) },
            {
                "cap_add",
                Flow(isolation.Capabilities),
                "The image's program is marked as having this capability, and isn't started where it can't be given."
            },
        };
        return Changed(gateway.Name, InOrder([.. shared, .. Own(gateway)]));
    }

    /// <summary>Returns what stands above a service as a comment.</summary>
    internal static string Comment(Workload workload)
    {
        var kind = workload.IsJob ? "A job: runs to completion before those who wait for it start." : null;
        var made = workload.Image is BuiltImage built ? $"Made from {built.BuiltFrom}." : null;
        return string.Join(' ', new[] { kind, made }.OfType<string>()) is { Length: > 0 } comment ? comment : $"{workload.Image}.";
    }

    /// <summary>Gets the kind of target, by which changes name it.</summary>
    private protected abstract string Kind { get; }

    /// <summary>
    /// Says what mustn't be of a service that the AppHost has changed, as the rest of a sentence; null where nothing is wrong.
    /// </summary>
    private protected abstract string? Refuse(JsonObject service);

    /// <summary>Returns what this engine alone has of a workload.</summary>
    private protected abstract YamlMap Own(Workload workload);

    /// <summary>Returns what this engine alone has of the gateway.</summary>
    private protected abstract YamlMap Own(PublicGateway gateway);

    /// <summary>Returns a secret of a workload, mounted as a file.</summary>
    private protected abstract YamlMap SecretOf(Workload workload, MountedSecret secret);

    /// <summary>Returns what a workload mounts beside its volumes.</summary>
    private protected abstract IEnumerable<YamlNode> MoreVolumes(Workload workload);

    /// <summary>Returns a port that is reached from outside.</summary>
    private protected abstract YamlNode Port(int outside, int inside, string protocol);

    /// <summary>Returns a port of the gateway's.</summary>
    private protected virtual YamlNode GatewayPort(int number, string protocol) => Port(number, number, protocol);

    /// <summary>Returns a workload's health check; null where there is none.</summary>
    private protected virtual YamlMap? Healthcheck(Workload workload) => DockerHealthcheck.Write(workload);

    /// <summary>Returns a workload's limits, and what is set aside for it.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="reservedCores">Cores that are set aside; null: none.</param>
    private protected YamlMap Resources(Workload workload, decimal? reservedCores) =>
        Resources(workload.Memory, Cores(workload.Cpu?.Limit), workload.PidLimit ?? Options.PidLimit, Cores(reservedCores));

    /// <summary>Returns the gateway's.</summary>
    private protected YamlMap Resources(PublicGateway gateway) => Resources(gateway.Memory, null, Options.PidLimit, null);

    /// <summary>Returns texts on one line.</summary>
    private protected static YamlList Flow(IEnumerable<string> texts) => new(texts) { Flow = true };

    /// <summary>Returns a list; null where nothing is in it.</summary>
    private protected static YamlList? Any(YamlList list) => list.Count == 0 ? null : list;

    /// <summary>Returns the labels by which a Traefik that runs already finds a workload; empty where there is none.</summary>
    private protected YamlMap TraefikLabels(Workload workload, TraefikProvider provider) =>
        Options.Traefik is { } traefik ? new TraefikLabels(Plan, traefik, provider, new DockerValues(Plan).Write).Write(workload) : [];

    /// <summary>Returns the volume with the gateway's certificates, mounted.</summary>
    private protected static YamlMap Certificates(PublicGateway gateway) =>
        new()
        {
            { "type", "volume" },
            { "source", DockerChecks.CertificatesOf(gateway) },
            { "target", CaddyContainer.DataPath },
        };

    private static YamlMap Resources(Memory? memory, YamlText? cores, int pids, YamlText? reservedCores)
    {
        var reservations = new YamlMap
        {
            { "memory", memory is null ? null : DockerSize.Print(memory.Request) },
            { "cpus", reservedCores },
        };
        return new()
        {
            {
                "limits",
                new YamlMap
                {
                    { "memory", memory is null ? null : DockerSize.Print(memory.Limit) },
                    { "cpus", cores },
                    { "pids", pids },
                }
            },
            { "reservations", reservations.Count == 0 ? null : reservations },
        };
    }

    private static YamlText? Cores(decimal? cores) =>
        cores is { } number ? new(number.ToString(CultureInfo.InvariantCulture)) { Quoted = true } : null;

    private static string ProtocolOf(Port port) => port.Protocol == PortProtocol.Udp ? "udp" : "tcp";

    private YamlMap Mount(VolumeMount mount) =>
        new()
        {
            { "type", "volume" },
            { "source", mount.Volume },
            { "target", values.Literal(mount.Path) },
            { "read_only", mount.ReadOnly ? true : null },
        };

    private YamlList? NetworksOf(string label, TraefikGateway? traefik)
    {
        var names = _networks[label].Select(static network => network.Name).ToList();
        if (traefik is not null)
            names.Add(TraefikNetwork.Key);
        return names.Count == 0 ? null : Flow(names);
    }

    private ChangedYaml Changed(string resource, YamlMap service) =>
        ChangedYaml.Create(Plan.ChangesOf(resource, Kind), $"{resource}'s service", service, (before, after) =>
            Count(before, after) ?? Refuse(after)
        );

    // Which deploy.sh waits for.
    private static string? Count(JsonObject before, JsonObject after) =>
        ((string[])["mode", "replicas"])
            .Where(member => !JsonNode.DeepEquals(before["deploy"]?[member], (after["deploy"] as JsonObject)?[member]))
            .Select(static member => $"changes deploy.{member}, by which deploy.sh counts the replicas; declare WithReplicas(n)")
            .FirstOrDefault();

    private static YamlMap InOrder(IReadOnlyCollection<YamlEntry> entries)
    {
        var map = new YamlMap();
        foreach (var entry in entries.OrderBy(static entry => Array.IndexOf(Order, entry.Key)))
            map.Add(entry.Key, entry.Value, entry.Comment, entry.Gap);
        return map;
    }
}
