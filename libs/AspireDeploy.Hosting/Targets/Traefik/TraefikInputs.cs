using AspireDeploy.Model;

namespace AspireDeploy.Targets.Traefik;

/// <summary>
/// Describes what a Traefik that runs already must have before labels or tags mean anything to it, each with the argument of its command
/// line. (https://doc.traefik.io/traefik/providers/docker/, https://doc.traefik.io/traefik/providers/swarm/,
/// https://doc.traefik.io/traefik/providers/nomad/)
/// </summary>
internal static class TraefikInputs
{
    private const string Where = "Traefik's own configuration";

    /// <summary>Lists it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="traefik">The Traefik.</param>
    /// <param name="provider">Which of its providers reads what is written.</param>
    /// <param name="providerArguments">The arguments that set the provider up.</param>
    internal static IEnumerable<RequiredInput> Create(
        DeploymentPlan plan,
        TraefikGateway traefik,
        TraefikProvider provider,
        string providerArguments
    )
    {
        if (plan.Gateway is not { } gateway)
            yield break;
        yield return new(
            $"providers.{provider.Name}",
            Where,
            $"The provider that reads the {(provider.KnowsContainers ? "labels" : "tags")}, of Traefik {traefik.Version} or later: "
                + $"{providerArguments}.",
            true
        );
        yield return new(
            $"entryPoints.{traefik.HttpEntryPoint}",
            Where,
            $"Where it listens for HTTP: `--entryPoints.{traefik.HttpEntryPoint}.address=:{gateway.HttpPort}`.",
            true
        );
        if (gateway.IsHttps)
            yield return new(
                $"entryPoints.{traefik.HttpsEntryPoint}",
                Where,
                $"Where it listens for HTTPS: `--entryPoints.{traefik.HttpsEntryPoint}.address=:{gateway.HttpsPort}`.",
                true
            );
        if (gateway.Certificate == CertificateMode.Automatic)
            yield return new(
                $"certificatesResolvers.{traefik.CertificateResolver}",
                Where,
                $"Where it gets certificates from: `--certificatesResolvers.{traefik.CertificateResolver}.acme.email=…`, "
                    + "`.acme.storage=…` and a challenge, such as `.acme.tlsChallenge=true`.",
                true
            );
        else if (gateway.IsHttps)
            yield return new(
                "tls.certificates",
                Where,
                "A certificate for the host, in a file of the provider `file`; without one it answers with its own, which nobody trusts.",
                false
            );
        yield return new(
            "serversTransport.forwardingTimeouts.dialTimeout",
            Where,
            "`--serversTransport.forwardingTimeouts.dialTimeout=500ms`: unless set it tries for 30 s to connect to a replica that "
                + "is gone, and requests hang for as long at each update and each end of a replica.",
            false
        );
        var listens = gateway.IsHttps ? traefik.HttpsEntryPoint : traefik.HttpEntryPoint;
        yield return new(
            $"entryPoints.{listens}.transport.respondingTimeouts.readTimeout",
            Where,
            $"`--entryPoints.{listens}.transport.respondingTimeouts.readTimeout=10m`, or as long as the slowest upload takes: "
                + "unless set it cuts those that take longer than 60 s.",
            false
        );
        if (
            provider == TraefikProvider.Swarm
            && plan.Workloads.Any(workload => workload.Scale.Minimum == 1 && TraefikGateway.Serves(plan, workload))
        )
            yield return new(
                "providers.swarm.refreshSeconds",
                Where,
                "`--providers.swarm.refreshSeconds=1`: unless set it looks for replicas every 15 s, so a service of one replica "
                    + "isn't served for as long after each update.",
                false
            );
    }
}
