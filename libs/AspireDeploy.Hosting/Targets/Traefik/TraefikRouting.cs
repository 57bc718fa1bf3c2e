namespace AspireDeploy.Targets.Traefik;

/// <summary>The rule for routing by a Traefik that runs already.</summary>
internal static class TraefikRouting
{
    /// <summary>Gets what is refused.</summary>
    internal const string Refused = "a route to an HTTPS endpoint, or a health check by one";

    /// <summary>
    /// Routing by a Traefik that runs already. Labels can't tell it to take any certificate.
    /// (https://doc.traefik.io/traefik/reference/routing-configuration/http/load-balancing/serverstransport/)
    /// </summary>
    /// <param name="subject">The gateway.</param>
    /// <param name="mechanism">How it is told of routes.</param>
    /// <param name="provider">What tells it.</param>
    internal static ConceptOutcome Judge(ConceptSubject subject, string mechanism, TraefikProvider provider)
    {
        var https = subject
            .Gateway!.Routes.Select(route => (Workload: subject.Plan.WorkloadNamed(route.Workload), route.Port))
            .SelectMany(
                route =>
                    new[]
                    {
                        route.Port,
                        provider.CanAsk(route.Workload, route.Workload.PortNamed(route.Port))
                            ? route.Workload.Probes.Readiness!.FindHttp()!.Port
                            : null,
                    }.OfType<string>(),
                static (route, port) => (route.Workload.Name, Port: route.Workload.PortNamed(port))
            )
            .FirstOrDefault(static reached => reached.Port.Scheme == "https");
        return https.Port is null
            ? ConceptOutcome.By(mechanism)
            : ConceptOutcome.Loses(
                $"Traefik refuses the certificate of {https.Name}'s endpoint {https.Port.Name}, which names no replica's address",
                "route to an HTTP endpoint, and declare its health check there"
            );
    }
}
