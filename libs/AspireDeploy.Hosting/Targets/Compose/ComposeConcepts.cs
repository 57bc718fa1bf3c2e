using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Compose;

/// <summary>Describes how Docker Compose carries each concept.</summary>
internal static class ComposeConcepts
{
    internal static ConceptTable Table(DockerOptions options) =>
        new([
            .. DockerConcepts.Shared(options, "Compose", "a network"),
            DockerConcepts.Https(options, "Caddy"),
            ConceptRule.Always(Concept.Startup, "`restart: unless-stopped`: Docker starts it with the machine"),
            DockerConcepts.Waits("`depends_on` with `service_healthy` or `service_started`"),
            DockerConcepts.Readiness("`healthcheck`; the gateway asks another replica when one refuses or answers 503"),
            new(Concept.Liveness, "`healthcheck`, when it asks what readiness asks or there is no other", null, static _ =>
                ConceptOutcome.Weakens(
                    "`healthcheck` at most",
                    "Docker shows an unhealthy container and leaves it running; only one that ends is restarted",
                    "publish for Swarm, Kubernetes or Nomad, where it is replaced"
                )
            )
            {
                Weakens =
                    "Docker shows an unhealthy container and leaves it running: publish for Swarm, Kubernetes or Nomad, where it is "
                    + "replaced",
            },
            ConceptRule.Always(Concept.Restart, "`restart`", static subject =>
                $"`restart: {ComposeService.Restart(subject.Workload!.Restart).Text}`"
            ),
            new(
                Concept.BackOff,
                "Docker's own: 100 ms, doubling to 1 min, counted anew after 10 s",
                "another back-off than Docker's can't be set: declare none",
                BackOff
            ),
            ConceptRule.Always(
                Concept.Update,
                "`./deploy.sh`: new replicas beside the old until they are healthy; data's owner is stopped first",
                static subject =>
                    subject.Workload!.Update == UpdateOrder.StartFirst
                        ? "`./deploy.sh` starts new replicas beside the old, which stop once those are healthy"
                        : "`./deploy.sh`: Compose recreates it"
            ),
            ConceptRule.Always(Concept.Memory, "`deploy.resources.limits.memory`, `reservations.memory` and `memswap_limit`"),
            ConceptRule.Always(Concept.Cpu, "`deploy.resources.limits.cpus`; a request is what Docker shares by anyway", static subject =>
                subject.Workload!.Cpu!.Limit is null
                    ? "a machine of one's own has nobody to reserve from"
                    : "`deploy.resources.limits.cpus`"
            ),
            DockerConcepts.PreviousSteps(
                "Compose",
                "`service_completed_successfully`; `./deploy.sh` runs the job before it touches a running replica",
                "a service that isn't restarted once it ended with 0",
                "`service_completed_successfully`"
            ),
            DockerConcepts.SecretFiles(
                "files under `/run/secrets`, made by `./secrets.sh`, mode 0600, owned by the process's user",
                "files under `/run/secrets`"
            ),
            DockerConcepts.Data("named volumes, which `./destroy.sh` keeps"),
            ConceptRule.Always(Concept.Files, "read-only bind mounts from `files/`"),
            ExternalPorts.Rule("`ports`"),
            ConceptRule.Always(Concept.Isolation, "`user`, `read_only`, `tmpfs`, `cap_drop: ALL`, `no-new-privileges`"),
            Pulling.By("`pull_policy`"),
        ]);

    private static ConceptOutcome BackOff(ConceptSubject subject) =>
        (subject.Workload!.Restart.BackOff ?? DockerBackOff) == DockerBackOff
        && (subject.Workload.Restart.ResetAfter ?? DockerHealthyStretch) == DockerHealthyStretch
            ? ConceptOutcome.By("Docker's own, which is this")
            : ConceptOutcome.Loses(
                $"Docker's back-off is its own: {DockerBackOff}, counted anew after {Durations.Print(DockerHealthyStretch)}",
                "declare none"
            );

    // https://docs.docker.com/engine/containers/start-containers-automatically/: a restart counts as successful once the container has run
    // for 10 s.
    private static TimeSpan DockerHealthyStretch { get; } = TimeSpan.FromSeconds(10);

    private static BackOff DockerBackOff { get; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
}
