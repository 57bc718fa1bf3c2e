using AspireDeploy.Plan;
using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Compose;

/// <summary>How Docker Compose carries each concept.</summary>
internal static class ComposeConcepts
{
    internal static ConceptTable Table(ComposeOptions options) => new(
        options.Traefik is null ? CaddyHttps : ConceptRule.Always(Concept.Https, "labels for the Traefik that runs already; its certificate resolver"),
        options.Traefik is null
            ? ConceptRule.Always(Concept.Routing, "Caddy's `reverse_proxy`, to the one with the fewest requests in flight of every address that Docker's DNS gives for the service; asks the next replica when one fails")
            : ConceptRule.Always(Concept.Routing, "labels for the Traefik that runs already, on its network"),
        ConceptRule.Always(Concept.Startup, "`restart: unless-stopped`: Docker starts it with the machine"),
        ConceptRule.Always(Concept.Waits, "`depends_on` with `service_healthy` or `service_started`"),
        new(Concept.StartupProbe, "`healthcheck.start_period`, asked every second", NoCommand, subject => Probe(subject, subject.Workload!.Probes.Startup!, "`healthcheck.start_period`")),
        new(Concept.Readiness, "`healthcheck`; the edge asks another replica when one refuses or answers 503", NoCommand, subject => Probe(subject, subject.Workload!.Probes.Readiness!, "`healthcheck`")),
        new(Concept.Liveness, "`healthcheck`, when it asks what readiness asks or there is no other",
            "Docker shows an unhealthy container and leaves it running: publish for Swarm, Kubernetes or Nomad, where it is replaced", Liveness),
        ConceptRule.Always(Concept.Restart, "`restart`", static subject => $"`restart: {ComposeService.Restart(subject.Workload!.Restart).Text}`"),
        new(Concept.BackOff, "Docker's own: 100 ms, doubling to 1 min, counted anew after 10 s", "another back-off than Docker's can't be set: declare none", BackOff),
        ConceptRule.Always(Concept.Replicas, "`deploy.replicas`, one process each, behind the edge", static subject => $"`deploy.replicas: {subject.Workload!.Scale.Minimum}`"),
        new(Concept.Autoscale, "", "Compose has no autoscaler: declare `WithReplicas(n)`, or publish for Kubernetes or Azure",
            static subject => ConceptOutcome.Loses("Compose has no autoscaler", $"declare WithReplicas({subject.Workload!.Scale.Maximum}), or publish for Kubernetes or Azure")),
        ConceptRule.Always(Concept.Update, "`./deploy.sh`: new replicas beside the old until they are healthy; data's owner is stopped first",
            static subject => subject.Workload!.Update == UpdateOrder.StartFirst ? "`./deploy.sh` starts new replicas beside the old, which stop once those are healthy" : "`./deploy.sh`: Compose recreates it"),
        ConceptRule.Always(Concept.Memory, "`deploy.resources.limits.memory`, `reservations.memory` and `memswap_limit`"),
        ConceptRule.Always(Concept.Cpu, "`deploy.resources.limits.cpus`; a request is what Docker shares by anyway",
            static subject => subject.Workload!.Cpu!.Limit is null ? "a machine of one's own has nobody to reserve from" : "`deploy.resources.limits.cpus`"),
        new(Concept.Steps, "`service_completed_successfully`; `./deploy.sh` runs the step before it touches a running replica", "completion with another code than 0: end the step with 0", Steps),
        new(Concept.Secrets, "files under `/run/secrets`, made by `./secrets.sh`, mode 0600, owned by the process's user", "a variable that can only be an environment variable: name the one that takes a file with `.WithSecretFile`", SecretFiles),
        ConceptRule.Always(Concept.Data, "named volumes, which `./destroy.sh` keeps", static subject => "named volumes: " + string.Join(", ", subject.Workload!.Mounts.Select(static mount => $"`{mount.Volume}`"))),
        ConceptRule.Always(Concept.Files, "read-only bind mounts from `files/`"),
        ConceptRule.Always(Concept.Network, "a network per service, with those on it who refer to it; `internal` where nothing needs the outside",
            static subject => subject.Workload!.Outbound ? $"network `{subject.Workload.Label}`" : $"network `{subject.Workload.Label}`, internal"),
        ConceptRule.Always(Concept.ExternalPort, "`ports`"),
        ConceptRule.Always(Concept.Isolation, "`user`, `read_only`, `tmpfs`, `cap_drop: ALL`, `no-new-privileges`"),
        ConceptRule.Always(Concept.Stop, "`stop_grace_period`"));

    private const string NoCommand = "a probe that no command in the image can ask: `.WithHealthCommand` names one";

    private static ConceptRule CaddyHttps { get; } = ConceptRule.Always(Concept.Https, "Caddy: certificates by ACME that renew themselves, or its own authority for `localhost`; no Docker socket",
        static subject => subject.Edge!.Certificate == CertificateMode.Automatic ? "Caddy, certificates by ACME" : "Caddy, certificates of its own authority");

    private static ConceptOutcome Probe(ConceptSubject subject, Probe probe, string mechanism) => DockerHealthcheck.LossOf(subject.Workload!, probe) ?? ConceptOutcome.By(mechanism);

    private static ConceptOutcome Liveness(ConceptSubject subject) =>
        ConceptOutcome.Loses("Docker shows an unhealthy container and leaves it running; only one that ends is restarted", "publish for Swarm, Kubernetes or Nomad, where it is replaced");

    private static ConceptOutcome BackOff(ConceptSubject subject) =>
        (subject.Workload!.Restart.BackOff ?? DockerBackOff) == DockerBackOff && (subject.Workload.Restart.HealthyStretch ?? DockerHealthyStretch) == DockerHealthyStretch
            ? ConceptOutcome.By("Docker's own, which is this")
            : ConceptOutcome.Loses($"Docker's back-off is its own: {DockerBackOff}, counted anew after {Durations.Print(DockerHealthyStretch)}", "declare none");

    private static ConceptOutcome Steps(ConceptSubject subject) => subject.Workload!.Dependencies.FirstOrDefault(static dependency => dependency.ExitCode != 0) is { } odd
        ? ConceptOutcome.Loses($"Compose knows completion with 0 alone, not with {odd.ExitCode}", $"end {odd.On} with 0")
        : ConceptOutcome.By(subject.Workload.IsStep ? "a service that isn't restarted once it ended with 0" : "`service_completed_successfully`");

    private static ConceptOutcome SecretFiles(ConceptSubject subject) => Secrets.UndeliverableOf(subject.Workload!) is { IsEmpty: false } left
        ? ConceptOutcome.Loses($"{string.Join(", ", left.Select(static variable => variable.Name))} can only be an environment variable, which everybody sees who may ask the engine",
            ".WithSecretFile(\"NAME\", \"NAME_FILE\") names the variable that takes a file, if the image has one")
        : ConceptOutcome.By("files under `/run/secrets`");

    // https://docs.docker.com/engine/containers/start-containers-automatically/: a restart counts as successful once the container has run for 10 s.
    private static TimeSpan DockerHealthyStretch { get; } = TimeSpan.FromSeconds(10);

    private static BackOff DockerBackOff { get; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
}
