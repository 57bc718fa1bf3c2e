using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>What a person supplies before a deployment on Docker.</summary>
internal static class DockerInputs
{
    private const string OfTraefik = "Traefik's own configuration";

    /// <summary>Settings, secrets, and what a Traefik that serves the edge must have.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="traefik">The Traefik; null: the deployment has an edge of its own, or none.</param>
    /// <param name="provider">Which of its providers reads the labels.</param>
    internal static EquatableArray<RequiredInput> Of(DeploymentPlan plan, TraefikEdge? traefik, string provider)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var settings = DockerSettings.Of(plan).Select(static setting => new RequiredInput(setting.Name, "`.env`", $"{setting.Description} {(setting.Default is null ? "Nothing starts without it." : $"`{setting.Default}` if not set.")}", setting.Default is null));
        var secrets = plan.Secrets.Select(static secret => secret.Generation is null
            ? new RequiredInput($"secrets/{secret.Name}", "a file of mode 0600", secret.Description.Length > 0 ? secret.Description : "a secret value", true)
            : new RequiredInput($"secrets/{secret.Name}", "a file of mode 0600", "`./secrets.sh` makes it; keep a copy", false));
        return [.. settings, .. secrets, .. traefik is not null && plan.Edge is { } edge ? Of(edge, traefik, provider) : []];
    }

    // What it must have before labels mean anything to it. (https://doc.traefik.io/traefik/providers/docker/, https://doc.traefik.io/traefik/providers/swarm/)
    private static IEnumerable<RequiredInput> Of(Edge edge, TraefikEdge traefik, string provider)
    {
        yield return new(traefik.Network, "`docker network ls`", $"The network that Traefik is on and reaches {(provider == "swarm" ? "tasks by: an overlay network" : "containers by")}.", true);
        yield return new($"providers.{provider}", OfTraefik, "The provider that reads the labels, of Traefik 3 or later.", true);
        yield return new($"entryPoints.{traefik.HttpEntryPoint}", OfTraefik, "Where it listens for HTTP.", true);
        if (edge.IsHttps) yield return new($"entryPoints.{traefik.HttpsEntryPoint}", OfTraefik, "Where it listens for HTTPS.", true);
        if (edge.Certificate == CertificateMode.Automatic) yield return new($"certificatesResolvers.{traefik.CertificateResolver}", OfTraefik, "Where it gets certificates from.", true);
        else if (edge.IsHttps) yield return new("tls.certificates", OfTraefik, "A certificate for the host; without one it answers with its own, which nobody trusts.", false);
    }
}
