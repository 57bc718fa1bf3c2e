using AspireDeploy.Model;

namespace AspireDeploy.Targets.Shared;

/// <summary>
/// The rule for external ports of targets that pass on what comes in as it is: nobody ends TLS before a process that speaks HTTP.
/// </summary>
internal static class ExternalPorts
{
    /// <summary>Returns the rule.</summary>
    /// <param name="mechanism">How a port is reached from outside.</param>
    /// <param name="by">The same for one workload; null: it is always that.</param>
    internal static ConceptRule Rule(string mechanism, Func<ConceptSubject, string>? by = null) =>
        new(
            Concept.ExternalPort,
            mechanism,
            "a project's endpoint for HTTPS alone, since TLS ends at the gateway: route to the project through one",
            subject =>
                subject.Workload!.Ports.FirstOrDefault(static port => port is { External: true, ExternalTls: true }) is { } port
                    ? Refused(subject.Workload, port)
                : subject.Workload.Ports.FirstOrDefault(static port => port.ExternalTlsBeside) is { } clear
                    ? ConceptOutcome.Weakens(
                        by?.Invoke(subject) ?? mechanism,
                        $"{subject.Name} is reached from outside by HTTP alone: nothing ends TLS before its port {clear.Number}",
                        $"route to {subject.Name} through a gateway with .WithHttps(...)"
                    )
                : ConceptOutcome.By(by?.Invoke(subject) ?? mechanism)
        )
        {
            Weakens = "a project's endpoint for HTTPS beside one for HTTP is served by HTTP alone",
        };

    /// <summary>
    /// Returns the replicas that would take one port of a machine from each other, on targets that don't balance what comes in by a port
    /// over replicas.
    /// </summary>
    /// <param name="plan">The plan.</param>
    internal static IEnumerable<PlanError> SharedByReplicas(DeploymentPlan plan) =>
        plan
            .Workloads.Where(static workload => workload.Scale.Maximum > 1 && workload.Ports.Any(static port => port.External))
            .Select(static workload => new PlanError(
                $"{workload.Name}.replicas",
                $"{workload.Scale.Maximum} replicas can't share one port of a machine; "
                    + (
                        workload.Ports.FirstOrDefault(static port => port is { External: true, IsHttp: false }) is { } other
                            ? $"run one, or take isExternal from {other.Name}, which no gateway routes"
                            : "put a gateway in front of them (AddGateway)"
                    )
            ));

    private static ConceptOutcome Refused(Workload workload, Port port) =>
        ConceptOutcome.Loses(
            $"{workload.Name} is reached from outside by HTTPS, and nothing ends TLS before its port {port.Number}, which speaks HTTP",
            $"route to {workload.Name} through a gateway with .WithHttps(...), or declare WithHttpEndpoint and make that external"
        );
}
