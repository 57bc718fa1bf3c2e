using AspireDeploy.Plan;
using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Swarm;

/// <summary>How Docker Swarm carries each concept.</summary>
internal static class SwarmConcepts
{
    /// <summary>The wait before a restart, where none is declared. Swarm's own is 5 s; a crashed replica should be back sooner.</summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    internal static ConceptTable Table(SwarmOptions options) => new(
        options.Traefik is null
            ? ConceptRule.Always(Concept.Https, "Caddy on the node with the data: certificates by ACME that renew themselves, or its own authority for `localhost`; no Docker socket",
                static subject => subject.Edge!.Certificate == CertificateMode.Automatic ? "Caddy, certificates by ACME" : "Caddy, certificates of its own authority")
            : ConceptRule.Always(Concept.Https, "labels for the Traefik that runs already; its certificate resolver"),
        options.Traefik is null
            ? ConceptRule.Always(Concept.Routing, "Caddy's `reverse_proxy`, to the one with the fewest requests in flight of every address that Docker's DNS gives for the service; asks the next replica when one fails")
            : ConceptRule.Always(Concept.Routing, "labels for the Traefik that runs already, on its network"),
        ConceptRule.Always(Concept.Startup, "a service of the swarm: started with the engine"),
        ConceptRule.Always(Concept.Waits, "`./deploy.sh` deploys one service after the other, each once what it waits for runs or is healthy"),
        new(Concept.StartupProbe, "`healthcheck.start_period`, asked every second", NoCommand, subject => Probe(subject, subject.Workload!.Probes.Startup!, "`healthcheck.start_period`")),
        new(Concept.Readiness, "`healthcheck`: a new replica is reached once it is ready, and replaced when it hasn't been for a minute; until then the edge asks another when it refuses or answers 503", NoCommand,
            subject => Probe(subject, subject.Workload!.Probes.Readiness!, "`healthcheck`")),
        new(Concept.Liveness, "`healthcheck`: Swarm replaces an unhealthy replica", "another question than readiness's, as a service has one health check: ask the same, or leave it to readiness", Liveness),
        ConceptRule.Always(Concept.Restart, "`deploy.restart_policy`", static subject => $"`restart_policy.condition`{(subject.Workload!.Restart.MaxAttempts is null ? "" : " and `max_attempts`")}"),
        new(Concept.BackOff, "`restart_policy.delay`, when it doesn't grow, and `window`", "waits that grow: Swarm waits the same time before every restart, so declare the longest as the first", BackOff),
        ConceptRule.Always(Concept.Replicas, "`deploy.replicas`, one process each, behind the edge", static subject => $"`deploy.replicas: {subject.Workload!.Scale.Minimum}`"),
        new(Concept.Autoscale, "", "Swarm has no autoscaler: declare `WithReplicas(n)`, or publish for Kubernetes or Azure",
            static subject => ConceptOutcome.Loses("Swarm has no autoscaler", $"declare WithReplicas({subject.Workload!.Scale.Maximum}), or publish for Kubernetes or Azure")),
        ConceptRule.Always(Concept.Update, "`deploy.update_config`, one replica after the other; `failure_action: rollback`",
            static subject => $"`update_config.order: {(subject.Workload!.Update == UpdateOrder.StartFirst ? "start-first" : "stop-first")}`, `failure_action: rollback`"),
        ConceptRule.Always(Concept.Memory, "`deploy.resources.limits.memory` and `reservations.memory`"),
        ConceptRule.Always(Concept.Cpu, "`deploy.resources.limits.cpus` and `reservations.cpus`"),
        new(Concept.Steps, "a `replicated-job`, which `./deploy.sh` sees completed before it touches those who wait for it", "completion with another code than 0: end the step with 0", Steps),
        new(Concept.Secrets, "Swarm secrets, mounted under `/run/secrets` for the process's user alone; their values are made by `./secrets.sh`", "a variable that can only be an environment variable: name the one that takes a file with `.WithSecretFile`", SecretFiles),
        ConceptRule.Always(Concept.Data, "named volumes on the node with the data, which `./destroy.sh` keeps", static subject => "named volumes: " + string.Join(", ", subject.Workload!.Mounts.Select(static mount => $"`{mount.Volume}`"))),
        ConceptRule.Always(Concept.Files, "Swarm configs"),
        ConceptRule.Always(Concept.Network, "an overlay network per service, with those on it who refer to it; `internal` where nothing needs the outside",
            static subject => subject.Workload!.Outbound ? $"network `{subject.Workload.Label}`" : $"network `{subject.Workload.Label}`, internal"),
        ConceptRule.Always(Concept.ExternalPort, "`ports` in `ingress` mode: every node listens"),
        ConceptRule.Always(Concept.Isolation, "`user`, `read_only`, `tmpfs`, `cap_drop: ALL`"),
        ConceptRule.Always(Concept.Stop, "`stop_grace_period`"));

    private const string NoCommand = "a probe that no command in the image can ask: `.WithHealthCommand` names one";

    private static ConceptOutcome Probe(ConceptSubject subject, Probe probe, string mechanism) => DockerHealthcheck.LossOf(subject.Workload!, probe) ?? ConceptOutcome.By(mechanism);

    private static ConceptOutcome Liveness(ConceptSubject subject)
    {
        var (liveness, asked) = (subject.Workload!.Probes.Liveness!, DockerHealthcheck.ProbeOf(subject.Workload!)!);
        return asked.Action == liveness.Action ? Probe(subject, liveness, "`healthcheck`: Swarm replaces an unhealthy replica")
            : ConceptOutcome.Loses($"a service has one health check, which asks \"{asked.Action}\"", "ask the same, or leave it to readiness, which replaces a replica that isn't ready for a minute");
    }

    private static ConceptOutcome BackOff(ConceptSubject subject)
    {
        var restart = subject.Workload!.Restart;
        return restart.BackOff is { } growing && growing.Initial != growing.Maximum
            ? ConceptOutcome.Loses("Swarm waits the same time before every restart", $"declare backOff and maxBackOff as {Durations.Print(growing.Maximum)}")
            : ConceptOutcome.By(string.Join(" and ", new[] { restart.BackOff is null ? null : "`restart_policy.delay`", restart.HealthyStretch is null ? null : "`restart_policy.window`" }.OfType<string>()));
    }

    private static ConceptOutcome Steps(ConceptSubject subject) => subject.Workload!.Dependencies.FirstOrDefault(static dependency => dependency.ExitCode != 0) is { } odd
        ? ConceptOutcome.Loses($"Swarm knows completion with 0 alone, not with {odd.ExitCode}", $"end {odd.On} with 0")
        : ConceptOutcome.By(subject.Workload.IsStep ? "a `replicated-job`" : "`./deploy.sh` touches it once the job has completed");

    private static ConceptOutcome SecretFiles(ConceptSubject subject) => Secrets.UndeliverableOf(subject.Workload!) is { IsEmpty: false } left
        ? ConceptOutcome.Loses($"{string.Join(", ", left.Select(static variable => variable.Name))} can only be an environment variable, which everybody sees who may ask the engine",
            ".WithSecretFile(\"NAME\", \"NAME_FILE\") names the variable that takes a file, if the image has one")
        : ConceptOutcome.By("Swarm secrets under `/run/secrets`");
}
