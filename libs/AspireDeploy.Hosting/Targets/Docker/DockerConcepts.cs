using AspireDeploy.Model;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Docker;

/// <summary>Describes how a Docker engine carries the concepts that Compose and Swarm leave to it alike.</summary>
internal static class DockerConcepts
{
    /// <summary>Says of a probe when it is weakened.</summary>
    internal const string NoCommand = "a probe that no command known in the image can ask isn't asked: `.WithExecProbe` names one";

    /// <summary>Returns the rules that are the same of both.</summary>
    /// <param name="options">What was chosen of the target.</param>
    /// <param name="title">The target's short name.</param>
    /// <param name="network">What a network is here.</param>
    internal static IEnumerable<ConceptRule> Shared(DockerOptions options, string title, string network) =>
        [
            Routing(options),
            StartupProbe,
            Replicas,
            Autoscale(title),
            ConceptRule.Always(Concept.Pids, "`deploy.resources.limits.pids`"),
            Network(network, options),
            ConceptRule.Always(Concept.Stop, "`stop_grace_period`"),
        ];

    /// <summary>HTTPS, by Caddy or by the Traefik that runs already.</summary>
    /// <param name="options">What was chosen of the target.</param>
    /// <param name="caddy">What Caddy is here.</param>
    internal static ConceptRule Https(DockerOptions options, string caddy) =>
        options.Traefik is null
            ? ConceptRule.Always(
                Concept.Https,
                $"{caddy}: certificates by ACME that renew themselves, or its own authority for `localhost`; no Docker socket",
                static subject =>
                    subject.Gateway!.Certificate == CertificateMode.Automatic
                        ? "Caddy, certificates by ACME"
                        : "Caddy, certificates of its own authority"
            )
            : ConceptRule.Always(Concept.Https, "labels for the Traefik that runs already; its certificate resolver");

    /// <summary>Routing, likewise.</summary>
    private static ConceptRule Routing(DockerOptions options) =>
        options.Traefik is null
            ? ConceptRule.Always(
                Concept.Routing,
                "Caddy's `reverse_proxy`, to the one with the fewest requests in flight of every address that Docker's DNS gives "
                    + "for the service; asks the next replica when one fails"
            )
            : new(Concept.Routing, TraefikLabels, TraefikRouting.Refused, static subject =>
                TraefikRouting.Judge(subject, TraefikLabels, TraefikProvider.Docker)
            );

    private const string TraefikLabels = "labels for the Traefik that runs already, on its network";

    /// <summary>Gets the startup probe.</summary>
    private static ConceptRule StartupProbe { get; } =
        new(Concept.StartupProbe, "`healthcheck.start_period`, asked every second", null, static subject =>
            Probe(subject, subject.Workload!.Probes.Startup!, "`healthcheck.start_period`")
        )
        {
            Weakens = NoCommand,
        };

    /// <summary>Readiness.</summary>
    /// <param name="mechanism">What becomes of a replica that isn't ready.</param>
    internal static ConceptRule Readiness(string mechanism) =>
        new(Concept.Readiness, mechanism, null, static subject => Probe(subject, subject.Workload!.Probes.Readiness!, "`healthcheck`"))
        {
            Weakens = NoCommand,
        };

    /// <summary>Waits.</summary>
    /// <param name="mechanism">How they are carried.</param>
    internal static ConceptRule Waits(string mechanism) =>
        new(Concept.Waits, mechanism, null, subject =>
            Unasked(subject) is { } unasked
                ? ConceptOutcome.Weakens(
                    mechanism,
                    $"Docker can't ask whether {unasked} is healthy, so {subject.Name} starts once {unasked} runs",
                    $".WithExecProbe(ProbeType.Readiness, [...]) on {unasked} names a command that tells"
                )
                : ConceptOutcome.By(mechanism)
        )
        {
            Weakens = "for one whose health no command known in its image tells, its start is waited for",
        };

    private static string? Unasked(ConceptSubject subject) =>
        subject
            .Workload!.Dependencies.FirstOrDefault(dependency =>
                dependency.Condition == DependencyCondition.Healthy && !DockerHealthcheck.CanAsk(subject.Plan.WorkloadNamed(dependency.On))
            )
            ?.On;

    /// <summary>Returns how a probe is carried, or that no command can ask it.</summary>
    internal static ConceptOutcome Probe(ConceptSubject subject, Probe probe, string mechanism) =>
        DockerHealthcheck.ShortfallOf(subject.Workload!, probe, mechanism) ?? ConceptOutcome.By(mechanism);

    /// <summary>Replication.</summary>
    private static ConceptRule Replicas { get; } =
        ConceptRule.Always(Concept.Replicas, "`deploy.replicas`, one process each, behind the gateway", static subject =>
            $"`deploy.replicas: {subject.Workload!.Scale.Minimum}`"
        );

    /// <summary>Autoscaling, which neither has.</summary>
    /// <param name="title">The target's short name.</param>
    private static ConceptRule Autoscale(string title) =>
        new(Concept.Autoscale, "", $"{title} has no autoscaler: declare `WithReplicas(n)`, or publish for Kubernetes or Azure", subject =>
            ConceptOutcome.Loses(
                $"{title} has no autoscaler",
                $"declare WithReplicas({subject.Workload!.Scale.Maximum}), or publish for Kubernetes or Azure"
            )
        );

    /// <summary>Previous steps.</summary>
    /// <param name="title">The target's short name.</param>
    /// <param name="mechanism">How a job is run before those who wait for it.</param>
    /// <param name="job">How it is carried for the job itself.</param>
    /// <param name="dependant">How it is carried for one that waits.</param>
    internal static ConceptRule PreviousSteps(string title, string mechanism, string job, string dependant) =>
        new(Concept.PreviousSteps, mechanism, "completion with another code than 0: end the job with 0", subject =>
            subject.Workload!.Dependencies.FirstOrDefault(static dependency => dependency.ExitCode != 0) is { } odd
                ? ConceptOutcome.Loses($"{title} knows completion with 0 alone, not with {odd.ExitCode}", $"end {odd.On} with 0")
                : ConceptOutcome.By(subject.Workload.IsJob ? job : dependant)
        );

    /// <summary>Secrets.</summary>
    /// <param name="mechanism">Where they come from.</param>
    /// <param name="carried">How they are carried, in short.</param>
    internal static ConceptRule SecretFiles(string mechanism, string carried) =>
        new(Concept.Secrets, $"{mechanism}; a program that reads its environment gets them there by its container's start", null, subject =>
            SecretsAtStart.In(subject.Workload!) is var workload && Secrets.UndeliverableOf(workload) is { IsEmpty: false } left
                ? ConceptOutcome.Weakens(
                    "`env_file`, mode 0600",
                    $"{string.Join(", ", left.Select(static variable => variable.Name))} "
                        + $"{(left.Count > 1 ? "are environment variables" : "is an environment variable")} of the container, which "
                        + "everybody sees who may ask the engine",
                    RemedyFor(left)
                )
                : ConceptOutcome.By(
                    workload == subject.Workload ? carried : $"{carried}, which the container's start reads into the environment"
                )
        )
        {
            Weakens =
                "a variable of an image whose start isn't known is an environment variable of the container: `.WithSecretAsFile` "
                + "names the one that takes a file",
        };

    // A name with a hyphen is no variable of a shell's, and a connection may have another than its resource.
    private static string RemedyFor(EquatableArray<EnvironmentVariable> left)
    {
        const string Connection = "ConnectionStrings__";
        if (
            left.FirstOrDefault(static variable =>
                variable.Name.StartsWith(Connection, StringComparison.Ordinal) && variable.Name.Contains('-', StringComparison.Ordinal)
            )
            is not { } named
        )
            return ".WithSecretAsFile(\"NAME\", \"NAME_FILE\") names the variable by which the image takes a file";
        var name = named.Name[Connection.Length..].Replace("-", "", StringComparison.Ordinal);
        return $".WithReference(..., connectionName: \"{name}\") gives {named.Name} a name that a shell can export; have the program "
            + "read that";
    }

    /// <summary>Data.</summary>
    /// <param name="mechanism">Where volumes are.</param>
    internal static ConceptRule Data(string mechanism) =>
        ConceptRule.Always(Concept.Data, mechanism, static subject =>
            "named volumes: " + string.Join(", ", subject.Workload!.Mounts.Select(static mount => $"`{mount.Volume}`"))
        );

    /// <summary>Returns who may reach a service.</summary>
    /// <param name="network">What a network is here.</param>
    /// <param name="options">What was chosen of the target.</param>
    private static ConceptRule Network(string network, DockerOptions options) =>
        new(
            Concept.Network,
            $"{network} per service, with those on it who refer to it; `internal` where nothing needs the outside",
            null,
            subject =>
            {
                var own = subject.Workload!.Outbound
                    ? $"network `{subject.Workload.Label}`"
                    : $"network `{subject.Workload.Label}`, internal";
                return options.TraefikOf(subject.Plan, subject.Workload) is not { } traefik
                    ? ConceptOutcome.By(own)
                    : ConceptOutcome.Weakens(
                        $"{own}, and Traefik's `{traefik.Network}`",
                        $"Everybody on {traefik.Network}, other applications' services among them, reaches every port of {subject.Name}",
                        "give this application a network that only Traefik is on besides, and name it: .WithTraefik(\"NETWORK\")"
                    );
            }
        )
        {
            Weakens =
                "behind a Traefik that runs already, everybody on its network reaches a service that a route leads to: give the "
                + "application one that only Traefik is on besides",
        };
}
