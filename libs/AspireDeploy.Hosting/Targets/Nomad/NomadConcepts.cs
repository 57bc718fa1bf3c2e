using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Nomad;

/// <summary>Describes how Nomad carries each concept.</summary>
internal static class NomadConcepts
{
    internal static ConceptTable Table(NomadOptions options) =>
        new(
            ConceptRule.Always(
                Concept.Https,
                "Caddy as a job: certificates by ACME that renew themselves, or its own authority; or tags for the Traefik that "
                    + "runs already",
                subject =>
                    options.Traefik is not null ? "tags for the Traefik that runs already"
                    : subject.Gateway!.Certificate == CertificateMode.Automatic ? "Caddy, certificates by ACME"
                    : "Caddy, certificates of its own authority"
            ),
            new(
                Concept.Routing,
                "Caddy's `reverse_proxy`, which Nomad tells every replica's address; or Traefik, by tags",
                options.Traefik is null ? null : TraefikRouting.Refused,
                subject =>
                    options.Traefik is null
                        ? ConceptOutcome.By("Caddy's `reverse_proxy`, which Nomad tells every replica's address")
                        : TraefikRouting.Judge(subject, "Traefik, by tags of the services", TraefikProvider.Nomad)
            ),
            ConceptRule.Always(Concept.Startup, "a job of type `service`: Nomad places it anew when a client is lost or boots"),
            new(Concept.Waits, "a `prestart` task that asks what it waits for, at the address that Nomad gives", null, Waits)
            {
                Weakens =
                    "one without a port, or with a command for a probe, which nobody can ask from outside, is started first by "
                    + "`./deploy.sh` alone: give it an HTTP or TCP probe",
            },
            new(Concept.StartupProbe, "`healthy_deadline`, and `grace` of `check_restart`", null, static subject =>
                Probe(subject, subject.Workload!.Probes.Startup!)
            )
            {
                Weakens = Exec,
            },
            new(Concept.Readiness, "`check`: an update goes on when it passes; the gateway asks it too", null, subject =>
                Readiness(subject, options)
            )
            {
                Weakens = $"{Exec}; a Traefik that runs already asks only at the port that a route leads to",
            },
            new(Concept.Liveness, "`check` with `check_restart`", null, static subject =>
                Probe(subject, subject.Workload!.Probes.Liveness!)
            )
            {
                Weakens = Exec,
            },
            new(
                Concept.Restart,
                "`restart` and `reschedule`; a batch's attempts as declared",
                "a service restarted on failure only, since Nomad restarts one whatever it ended with: always, or never",
                Restart
            ),
            new(
                Concept.BackOff,
                "`reschedule` with `delay_function = \"exponential\"`",
                "a first wait under 5 s, or a batch's, which restarts in place: declare none",
                BackOff
            ),
            ConceptRule.Always(Concept.Replicas, "`count`, one process each", static subject =>
                $"`count = {subject.Workload!.Scale.Minimum}`"
            ),
            new(
                Concept.Autoscale,
                "`scaling` for the Nomad Autoscaler, on CPU",
                "by concurrent requests, which Nomad doesn't measure: give a CPU percentage",
                static subject =>
                    subject.Workload!.Scale.ConcurrentRequests is null
                        ? ConceptOutcome.By("`scaling`, which the Nomad Autoscaler reads")
                        : ConceptOutcome.Loses("Nomad doesn't measure concurrent requests", "give a CPU percentage instead")
            ),
            new(Concept.Update, "`update` with as many canaries as replicas, promoted when healthy, and `auto_revert`", null, Update)
            {
                Weakens = "the old replica stops first where a volume or a port outside is one's own",
            },
            ConceptRule.Always(Concept.Memory, "`memory` is the request and `memory_max` the limit (with memory oversubscription on)") with
            {
                Undeclared = static subject => subject.Workload is { } workload ? UndeclaredMemory(workload) : null,
                Weakens =
                    "where none is declared, a replica is ended above 300 MiB, or above the least that a known server needs: "
                    + "`.WithMemory(limit)`",
            },
            new(
                Concept.Cpu,
                "`cpu` in MHz, with `cpu_hard_limit`",
                "a limit that isn't the request, since both are one number: declare them equal",
                static subject =>
                    subject.Workload!.Cpu is { Limit: { } limit } cpu && limit != cpu.Request
                        ? ConceptOutcome.Loses("`cpu` is request and limit in one", "declare both equal, or no limit")
                        : ConceptOutcome.By(subject.Workload.Cpu!.Limit is null ? "`cpu` in MHz" : "`cpu` in MHz with `cpu_hard_limit`")
            ),
            ConceptRule.Always(Concept.Pids, "`pids_limit` of the Docker driver"),
            new(
                Concept.PreviousSteps,
                "a job of type `batch`; those who wait for it have a `prestart` task that sees it completed, so the previous "
                    + "version goes on serving if it fails",
                "completion with another code than 0: end the job with 0",
                PreviousSteps
            ),
            ConceptRule.Always(
                Concept.Secrets,
                "a Nomad variable for each job, which its identity alone may read, rendered into files in memory under `/run/secrets`",
                static subject =>
                    Secrets.UndeliverableOf(subject.Workload!) is { IsEmpty: false } variables
                        ? $"a Nomad variable; {string.Join(", ", variables.Select(static variable => variable.Name))} as "
                            + "environment variables, since nothing takes them from a file"
                        : "a Nomad variable, rendered into files in memory"
            ),
            ConceptRule.Always(Concept.Data, "host volumes, or CSI volumes, which outlive jobs", subject =>
                $"{(options.CsiPlugin is null ? "host" : "CSI")} volumes: "
                + string.Join(", ", subject.Workload!.Mounts.Select(static mount => $"`{NomadVolumes.LabelOf(mount.Volume)}`"))
            ),
            ConceptRule.Always(Concept.Files, "`template` blocks, mounted read-only"),
            new(Concept.Network, "ports on the clients' private host network", null, subject =>
                options.HostNetwork is { } network
                    ? ConceptOutcome.By($"ports on the host network `{network}` alone")
                    : ConceptOutcome.Weakens(
                        "ports on the clients' default network",
                        "Its port is open to everybody who reaches a client",
                        ".WithClientNetwork(\"private\") on the target puts it on a network that the clients' firewall keeps"
                    )
            )
            {
                Weakens =
                    "everything is on the default network, where who reaches a client reaches it, unless `.WithClientNetwork(name)` "
                    + "names another",
            },
            ExternalPorts.Rule("a `static` port of the client"),
            ConceptRule.Always(Concept.Isolation, "`user`, `readonly_rootfs`, `cap_drop`, `no-new-privileges` of the Docker driver"),
            ConceptRule.Always(Concept.Stop, "`kill_timeout` (the client's `max_kill_timeout` must allow it), after `shutdown_delay`"),
            ImagePull.Rule
        );

    private static ConceptOutcome UndeclaredMemory(Workload workload) =>
        ConceptOutcome.Weakens(
            string.Create(CultureInfo.InvariantCulture, $"`memory = {NomadTask.MebibytesOf(workload)}`"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Nomad ends a task above what it is given, which is {NomadTask.MebibytesOf(workload)} MiB "
                    + $"{(workload.LeastMemory is null ? "where none is declared" : "here, the least that this image needs")}"
            ),
            ".WithMemory(limit)"
        );

    private const string Exec =
        "a command, which Nomad's own services don't run, is a connection, or nothing for one without a port: give it an HTTP or TCP probe";

    // Of another port only Nomad knows the number on a client.
    private static ConceptOutcome Readiness(ConceptSubject subject, NomadOptions options)
    {
        var workload = subject.Workload!;
        var outcome = Probe(subject, workload.Probes.Readiness!);
        if (options.Traefik is null || outcome is not Supported || workload.Probes.Readiness!.Action is not HttpProbe probe)
            return outcome;
        return
            subject.Plan.Gateway?.Routes.FirstOrDefault(route =>
                route.Workload == workload.Name && !TraefikProvider.Nomad.CanAsk(workload, workload.PortNamed(route.Port))
            )
                is not { } route
            ? outcome
            : ConceptOutcome.Weakens(
                $"`check` on {probe.Port}, for updates alone",
                $"Traefik can't ask at {probe.Port}, whose port on a client it isn't told, and sends requests to replicas that "
                    + "aren't ready",
                $"declare the health check on {route.Port}, to which the route leads"
            );
    }

    private static ConceptOutcome Probe(ConceptSubject subject, Probe probe)
    {
        const string Remedy = "give it an HTTP or TCP probe";
        if (NomadService.PortOf(subject.Workload!, probe) is not { } port)
            return ConceptOutcome.Weakens(
                "nothing",
                $"Nomad's own services don't run \"{probe.Action}\" in the container, and it has no port to ask: a replica counts "
                    + "as well while it runs",
                Remedy
            );
        if (probe.Action is not ExecProbe)
            return ConceptOutcome.By($"`check` on {port.Name}");
        return NomadService.ListensOnceItServes(subject.Workload!)
            ? ConceptOutcome.By($"`check` of type `tcp` on {port.Name}, which this image opens only once it serves")
            : ConceptOutcome.Weakens(
                $"`check` of type `tcp` on {port.Name}",
                $"Nomad's own services don't run \"{probe.Action}\" in the container, so a connection to {port.Name} is asked for "
                    + "in its place",
                Remedy
            );
    }

    private static ConceptOutcome Waits(ConceptSubject subject)
    {
        foreach (var dependency in subject.Workload!.Dependencies)
        {
            if (!NomadWait.CanAsk(subject.Plan.WorkloadNamed(dependency.On), dependency.Condition))
                return ConceptOutcome.Weakens(
                    "the order in which `./deploy.sh` starts them",
                    $"Nobody can ask {dependency.On} from outside whether it is "
                        + $"{dependency.Condition.ToString().ToLowerInvariant()}, so after a reboot nobody waits for it",
                    $"give {dependency.On} an HTTP or TCP probe"
                );
        }
        return ConceptOutcome.By("a `prestart` task that asks what it waits for");
    }

    private static ConceptOutcome Restart(ConceptSubject subject) =>
        subject.Workload! switch
        {
            { IsJob: false, Restart.Mode: RestartMode.OnFailure } => ConceptOutcome.Loses(
                "Nomad restarts a service whatever it ended with",
                "restart it always, or never"
            ),
            { Restart.Mode: RestartMode.Never } => ConceptOutcome.By("`restart` and `reschedule` with no attempts"),
            { IsJob: true } => ConceptOutcome.By("`restart` with its attempts"),
            _ => ConceptOutcome.By("`restart`, then `reschedule` without end"),
        };

    private static ConceptOutcome BackOff(ConceptSubject subject) =>
        subject.Workload!.Restart switch
        {
            { ResetAfter: not null } => ConceptOutcome.Loses("Nomad's delay counts anew after its own time", "declare no healthy stretch"),
            _ when subject.Workload.IsJob => ConceptOutcome.Loses("A batch restarts in place, always after the same delay", "declare none"),
            { BackOff.Initial: var initial } when initial < TimeSpan.FromSeconds(5) => ConceptOutcome.Loses(
                $"Nomad waits at least 5 s, not {Durations.Print(initial)}",
                "declare none, or a first wait of 5 s"
            ),
            _ => ConceptOutcome.By("`reschedule`, exponential"),
        };

    private static ConceptOutcome Update(ConceptSubject subject)
    {
        var workload = subject.Workload!;
        if (workload.Update == UpdateOrder.StopFirst)
            return ConceptOutcome.By("`update` without canaries");
        const string Stops = "`update` without canaries";
        if (workload.IsStateful)
            return ConceptOutcome.Weakens(
                Stops,
                "The old replica stops before the new one starts, as a volume is written by one allocation at a time",
                "keep its data in a service of its own"
            );
        var external = workload.Ports.Where(static port => port.External).ToList();
        return external.Count > 0
            ? ConceptOutcome.Weakens(
                Stops,
                $"The old replica stops before the new one starts, as a client's port for {Names(external)} is one allocation's at a time",
                string.Join("; ", RemediesFor(workload, external))
            )
            : ConceptOutcome.By("`update` with as many canaries as replicas");
    }

    // A gateway speaks HTTP and nothing else.
    private static IEnumerable<string> RemediesFor(Workload workload, List<Port> external)
    {
        var (http, others) = (external.Where(static port => port.IsHttp).ToList(), external.Where(static port => !port.IsHttp).ToList());
        if (http.Count > 0)
            yield return $"route to {Names(http)} through the gateway, AddGateway(...).WithRoute(...)";
        if (others.Count > 0)
            yield return (workload.Ports.Count > others.Count ? $"serve {Names(others)} from a resource of its own, or " : "")
                + $"take isExternal from {Names(others)} and have a load balancer of yours ask Nomad for the address";
    }

    private static string Names(IEnumerable<Port> ports) => string.Join(" and ", ports.Select(static port => port.Name));

    private static ConceptOutcome PreviousSteps(ConceptSubject subject) =>
        subject.Workload!.Dependencies.FirstOrDefault(static dependency => dependency.ExitCode != 0) is { } odd
            ? ConceptOutcome.Loses($"A batch completes with 0 alone, not with {odd.ExitCode}", $"end {odd.On} with 0")
            : ConceptOutcome.By(
                subject.Workload.IsJob
                    ? "a job of type `batch`; `./deploy.sh` ends it after its time"
                    : "a `prestart` task that sees the very job completed"
            );
}
