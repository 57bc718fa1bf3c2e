using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Swarm;

/// <summary>Describes how Docker Swarm carries each concept.</summary>
internal static class SwarmConcepts
{
    /// <summary>
    /// Gets the wait before a restart, where none is declared. Swarm's own is 5 s; a crashed replica should be back sooner.
    /// </summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    internal static ConceptTable Table(DockerOptions options) =>
        new([
            .. DockerConcepts.Shared(options, "Swarm", "an overlay network"),
            DockerConcepts.Https(options, "Caddy on the node with the data"),
            ConceptRule.Always(Concept.Startup, "a service of the swarm: started with the engine"),
            DockerConcepts.Waits("`./deploy.sh` deploys one service after the other, each once what it waits for runs or is healthy"),
            DockerConcepts.Readiness(
                "`healthcheck`: a new replica is reached once it is ready, and replaced when it hasn't been for a minute; until "
                    + "then the gateway asks another when it refuses or answers 503"
            ),
            new(Concept.Liveness, "`healthcheck`: Swarm replaces an unhealthy replica", null, Liveness)
            {
                Weakens =
                    "another question than readiness's isn't asked, as a service has one health check: ask the same, or leave it to "
                    + "readiness",
            },
            ConceptRule.Always(Concept.Restart, "`deploy.restart_policy`", static subject =>
                $"`restart_policy.condition`{(subject.Workload!.Restart.MaxAttempts is null ? "" : " and `max_attempts`")}"
            ),
            new(
                Concept.BackOff,
                "`restart_policy.delay`, when it doesn't grow, and `window`",
                "waits that grow: Swarm waits the same time before every restart, so declare the longest as the first",
                BackOff
            ),
            new(Concept.Update, "`deploy.update_config`, one replica after the other; `failure_action: rollback`", null, subject =>
                Update(subject, options)
            )
            {
                Weakens =
                    "one replica behind a Traefik that runs already isn't served until Traefik looks again, every 15 s: `.WithReplicas(2)`",
            },
            ConceptRule.Always(Concept.Memory, "`deploy.resources.limits.memory` and `reservations.memory`"),
            ConceptRule.Always(Concept.Cpu, "`deploy.resources.limits.cpus` and `reservations.cpus`"),
            DockerConcepts.PreviousSteps(
                "Swarm",
                "a `replicated-job`, which `./deploy.sh` sees completed before it touches those who wait for it",
                "a `replicated-job`",
                "`./deploy.sh` touches it once the job has completed"
            ),
            DockerConcepts.SecretFiles(
                "Swarm secrets, mounted under `/run/secrets` for the process's user alone; their values are made by `./secrets.sh`",
                "Swarm secrets under `/run/secrets`"
            ),
            DockerConcepts.Data("named volumes on the node with the data, which `./destroy.sh` keeps"),
            ConceptRule.Always(Concept.Files, "Swarm configs"),
            ExternalPorts.Rule("`ports` in `ingress` mode: every node listens"),
            ConceptRule.Always(Concept.Isolation, "`user`, `read_only`, `tmpfs`, `cap_drop: ALL`"),
            ImagePull.Rule,
        ]);

    // Traefik asks the swarm now and then, and is told nothing in between. (https://doc.traefik.io/traefik/providers/swarm/#refreshseconds)
    private static ConceptOutcome Update(ConceptSubject subject, DockerOptions options)
    {
        var workload = subject.Workload!;
        var mechanism =
            $"`update_config.order: {(workload.Update == UpdateOrder.StartFirst ? "start-first" : "stop-first")}`, `failure_action: "
            + "rollback`";
        return options.TraefikOf(subject.Plan, workload) is null ? ConceptOutcome.By(mechanism)
            : workload.Scale.Minimum > 1
                ? ConceptOutcome.By($"{mechanism}, `delay: {Durations.Print(SwarmService.TraefikDelay)}` so that Traefik hears of each")
            : ConceptOutcome.Weakens(
                mechanism,
                "Traefik looks for replicas every 15 s, and until then sends requests to the only one that it knows, which has stopped",
                ".WithReplicas(2), or have Traefik look more often: --providers.swarm.refreshSeconds=1"
            );
    }

    private static ConceptOutcome Liveness(ConceptSubject subject)
    {
        var (liveness, asked) = (subject.Workload!.Probes.Liveness!, DockerHealthcheck.ProbeOf(subject.Workload!)!);
        return asked.Action == liveness.Action
            ? DockerConcepts.Probe(subject, liveness, "`healthcheck`: Swarm replaces an unhealthy replica")
            : ConceptOutcome.Weakens(
                "`healthcheck`: Swarm replaces a replica that isn't ready for a minute",
                $"A service has one health check, which asks \"{asked.Action}\"",
                "ask the same, or leave it to readiness, which replaces a replica that isn't ready for a minute"
            );
    }

    private static ConceptOutcome BackOff(ConceptSubject subject)
    {
        var restart = subject.Workload!.Restart;
        return restart.BackOff is { } growing && growing.Initial != growing.Maximum
            ? ConceptOutcome.Loses(
                "Swarm waits the same time before every restart",
                $"declare initialBackoff and maxBackoff as {Durations.Print(growing.Maximum)}"
            )
            : ConceptOutcome.By(
                string.Join(
                    " and ",
                    new[]
                    {
                        restart.BackOff is null ? null : "`restart_policy.delay`",
                        restart.ResetAfter is null ? null : "`restart_policy.window`",
                    }.OfType<string>()
                )
            );
    }
}
