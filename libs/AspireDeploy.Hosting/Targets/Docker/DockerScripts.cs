using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Docker;

/// <summary>Describes what the scripts that deploy to Compose and to Swarm have in common.</summary>
internal static class DockerScripts
{
    // A network of one machine, which no service of a swarm can be on.
    private const string NotOfASwarm = """
        scope=$(docker network inspect --format '{{.Scope}}' "$network")
        [ "$scope" = swarm ] || {
          echo "The network $network is one machine's ($scope), and services of a swarm are on overlay networks:" \
            "make Traefik one (docker network create --driver overlay NAME), and name it with .WithTraefik(\"NAME\")." >&2
          exit 1
        }

        """;

    /// <summary>Gets what has a script stay with the engine that it began with, for the place <c>CONTEXT</c>.</summary>
    internal static (string Place, string Text) Context { get; } = ("CONTEXT", ScriptTemplate.Fill("Docker/context.sh"));

    /// <summary>Returns their beginning: where they run, what they were told, what was chosen, and the engine that they need.</summary>
    /// <param name="escape">How a setting is written for what it is put into, as <see cref="SecretsScript.EnvironmentReader"/> takes
    /// it.</param>
    internal static string Begin(string escape) =>
        ScriptTemplate.Fill("Docker/deploy-begin.sh", ("SETTINGS", SecretsScript.EnvironmentReader(escape)), Context);

    /// <summary>Finds out beforehand what must be there: a network, free ports, space; and where the engine's ports are.</summary>
    /// <param name="plan">The plan, by the name that it is deployed under.</param>
    /// <param name="options">What was chosen of the target.</param>
    /// <param name="mark">The label of the deployment's own containers.</param>
    /// <param name="networkOptions">What makes the network one that the target can use.</param>
    internal static string Checks(DeploymentPlan plan, DockerOptions options, string mark, string networkOptions)
    {
        if (plan.Gateway is not { } gateway)
            return "";
        var ports =
            options.Traefik is not null ? []
            : gateway.IsHttps ? (int[])[gateway.HttpPort, gateway.HttpsPort]
            : [gateway.HttpPort];
        return ScriptTemplate.Fill(
            "Docker/checks.sh",
            ("TRAEFIK", options.Traefik is { } traefik ? Checks(gateway, traefik, networkOptions) : ""),
            ("PORTS", string.Join(' ', ports.Select(static port => port.ToString(CultureInfo.InvariantCulture)))),
            ("MARK", mark)
        );
    }

    private static string Checks(PublicGateway gateway, TraefikGateway traefik, string networkOptions) =>
        ScriptTemplate.Fill(
            "Docker/traefik.sh",
            ("NETWORK", traefik.Network),
            ("NETWORK_OPTIONS", networkOptions),
            ("NETWORK_SCOPE", networkOptions.Length == 0 ? "" : NotOfASwarm),
            ("TRAEFIK_VERSION", traefik.Version.ToString()),
            ("TRAEFIK_HAS", string.Join(' ', NeededOf(gateway, traefik)))
        );

    // Settings of Traefik's, as its command line has them, in lower case: it makes no difference there.
    private static IEnumerable<string> NeededOf(PublicGateway gateway, TraefikGateway traefik)
    {
        yield return $"entrypoints:{traefik.HttpEntryPoint.ToLowerInvariant()}";
        if (gateway.IsHttps)
            yield return $"entrypoints:{traefik.HttpsEntryPoint.ToLowerInvariant()}";
        if (gateway.Certificate == CertificateMode.Automatic)
            yield return $"certificatesresolvers:{traefik.CertificateResolver.ToLowerInvariant()}";
    }

    /// <summary>
    /// Asks through the gateway; of a Traefik that runs already only DNS knows where it listens, but for a name that is this machine's.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">What was chosen of the target.</param>
    /// <param name="logs">What a person reads when nobody is served.</param>
    internal static string Ask(DeploymentPlan plan, DockerOptions options, string logs) =>
        GatewayRequest.Write(
            plan,
            DockerSettings.File,
            options.Traefik is null ? logs : TraefikGateway.Logs,
            isTrusted: plan.Gateway?.Certificate == CertificateMode.Automatic,
            isShared: options.Traefik is not null
        );

    /// <summary>Returns the function that takes away images of earlier versions; nothing where no project is deployed.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="mark">The label of the deployment's own containers.</param>
    internal static string PruneFunction(DeploymentPlan plan, string mark) =>
        plan.Workloads.Any(static workload => workload.Image is BuiltImage)
            ? ScriptTemplate.Fill("Docker/prune-images.sh", ("MARK", mark))
            : "";

    /// <summary>
    /// Returns the line that calls it with what was made of each project, and what was set in its place; nothing where no project is
    /// deployed.
    /// </summary>
    /// <param name="plan">The plan.</param>
    internal static string Prune(DeploymentPlan plan)
    {
        var images = plan
            .Workloads.Where(static workload => workload.Image is BuiltImage)
            .Select(static workload =>
                DockerSettings.ImageOf(workload, (BuiltImage)workload.Image) is var setting
                    ? $" {workload.Label} {ShellText.Quote(setting.Default ?? "")} \"${{{setting.Name}-}}\""
                    : ""
            )
            .ToList();
        return images.Count == 0 ? "" : $"prune_images{string.Concat(images)}\n";
    }

    /// <summary>Refuses an engine with a volume that the other kind of deployment made; nothing where the plan has no volumes.</summary>
    /// <param name="plan">The plan, by the name that it is deployed under.</param>
    /// <param name="options">What was chosen of the target.</param>
    /// <param name="label">The label by which the other kind marks what is its own.</param>
    /// <param name="kind">What people call the other kind: <c>Swarm stack</c>.</param>
    internal static string ForeignVolumes(DeploymentPlan plan, DockerOptions options, string label, string kind) =>
        DockerScope.Volumes(plan, options).ToList() is { Count: > 0 } volumes
            ? ScriptTemplate.Fill("Docker/foreign-volumes.sh", ("VOLUMES", string.Join(' ', volumes)), ("LABEL", label), ("KIND", kind))
            : "";
}
