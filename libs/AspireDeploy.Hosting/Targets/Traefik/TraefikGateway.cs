using AspireDeploy.Model;

namespace AspireDeploy.Targets.Traefik;

/// <summary>A Traefik that runs already and reads labels or tags. (https://doc.traefik.io/traefik/providers/docker/)</summary>
/// <param name="Network">The Docker network it reaches containers by; it exists before the deployment. Nothing on Nomad.</param>
/// <param name="CertificateResolver">The name of its resolver for certificates, for <see cref="Model.CertificateMode.Automatic"/>.</param>
/// <param name="HttpsEntryPoint">Its entry point for HTTPS.</param>
/// <param name="HttpEntryPoint">Its entry point for HTTP.</param>
internal sealed record TraefikGateway(
    string Network,
    string CertificateResolver = "letsencrypt",
    string HttpsEntryPoint = "websecure",
    string HttpEntryPoint = "web"
)
{
    /// <summary>Gets the oldest that is supported, and the one that is written for unless another is declared.</summary>
    internal const string OldestSupported = "3.0";

    /// <summary>Gets what a person reads when nobody is served through it.</summary>
    internal const string Logs = "Traefik's log, and in deployment.md what it must have";

    // https://github.com/traefik/traefik/blob/v3.7/docs/content/reference/routing-configuration/http/middlewares/retry.md
    private static readonly Version RetriesByStatusSince = new(3, 7);

    /// <summary>
    /// Gets the oldest version that reads what is written: a single label that a Traefik doesn't know makes it drop all of the container's.
    /// Defaults to <see cref="OldestSupported"/>.
    /// </summary>
    public Version Version { get; init; } = Version.Parse(OldestSupported);

    /// <summary>Gets a value that indicates whether it asks another replica when one answers with a certain status.</summary>
    internal bool RetriesByStatus => Version >= RetriesByStatusSince;

    /// <summary>Reads the version that somebody declares.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="text">What is declared: <c>3.7</c>.</param>
    /// <exception cref="Aspire.Hosting.DistributedApplicationException">It is none, or older than is supported.</exception>
    internal static Version ParseVersion(string target, string text)
    {
        if (!Version.TryParse(text, out var version))
            throw DeclarationMistake.At($"{target}.traefik.version", $"\"{text}\" is no version of Traefik; write one like 3.7");
        return version >= Version.Parse(OldestSupported)
            ? version
            : throw DeclarationMistake.At(
                $"{target}.traefik.version",
                $"{text} is older than {OldestSupported}, the oldest that is supported; upgrade it, or leave WithTraefik out, and a "
                    + "Caddy comes with the deployment"
            );
    }

    /// <summary>Returns whether a route leads to a workload.</summary>
    internal static bool Serves(DeploymentPlan plan, Workload workload) =>
        plan.Gateway?.Routes.Any(route => route.Workload == workload.Name) == true;
}
