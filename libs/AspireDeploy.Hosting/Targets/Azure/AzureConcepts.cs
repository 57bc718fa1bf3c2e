using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Describes how Azure Container Apps carries each concept, in a container. What Azure runs by itself: <see cref="ManagedConcepts"/>.
/// </summary>
internal static class AzureConcepts
{
    internal static ConceptTable Table(AzureContainerAppsOptions options) =>
        new(
            ConceptRule.Always(
                Concept.Https,
                "external ingress of the app: the environment's own domain with its certificate, or a custom domain; "
                    + "`allowInsecure: false` redirects",
                subject => Https(subject, options)
            ),
            new(
                Concept.Routing,
                "ingress leads to the one app that is routed to, and spreads requests over its ready replicas",
                "paths to several apps, or a stripped prefix: route all to one app",
                Routing
            ),
            Rule(options, Concept.Startup, "the platform keeps `minReplicas` running"),
            Rule(
                options,
                Concept.Waits,
                "`./deploy.sh` deploys it once what it waits for is ready; `azd up` once that is provisioned, by the steps of "
                    + "`azure.yaml`, which is checked"
            ),
            Rule(
                options,
                Concept.StartupProbe,
                "probe of type `Startup`",
                "more than 40 min until it has started: an HTTP endpoint that tells",
                static subject => ContainerConcepts.Probe(subject, ContainerProbe.Startup)
            ) with
            {
                Weakens = Command,
            },
            Rule(
                options,
                Concept.Readiness,
                "probe of type `Readiness`: ingress leaves out who isn't ready",
                "more than 10 failures: an HTTP endpoint that tells",
                static subject => ContainerConcepts.Probe(subject, ContainerProbe.Readiness)
            ) with
            {
                Weakens = Command,
            },
            Rule(
                options,
                Concept.Liveness,
                "probe of type `Liveness`: the container is restarted",
                "more than 10 failures: an HTTP endpoint that tells",
                static subject => ContainerConcepts.Probe(subject, ContainerProbe.Liveness)
            ) with
            {
                Weakens = Command,
            },
            Rule(
                options,
                Concept.Restart,
                "the platform restarts what ends; of a job, `replicaRetryLimit`",
                "a service that isn't always restarted, or a job that is tried without end: declare always, or a number of attempts",
                ContainerConcepts.Restart
            ),
            Rule(options, Concept.BackOff, "", "the platform's back-off is its own, so none can be declared: declare none", static _ =>
                ConceptOutcome.Loses("Container Apps' back-off is its own, and doesn't say which", "declare none")
            ),
            Rule(options, Concept.Replicas, "`minReplicas` and `maxReplicas`", null, subject =>
                ContainerConcepts.Replicas(subject, options)
            ) with
            {
                Weakens =
                    "more replicas, or larger pools, than a PostgreSQL container has connections for: fewer, or `max_connections` in its "
                    + "arguments",
            },
            Rule(
                options,
                Concept.Autoscale,
                "scale rules: `cpu`, and `http` by concurrent requests",
                "concurrent requests of an app that serves no HTTP: give a CPU percentage",
                ContainerConcepts.Autoscale
            ),
            Rule(
                options,
                Concept.Update,
                "single revision mode: the new revision is ready before the old one goes; where one process owns data, a deployment "
                    + "script ends the old revision first",
                null,
                ContainerConcepts.Update
            ),
            Rule(
                options,
                Concept.Memory,
                "the smallest pair of cores and memory that Azure has and that holds it; the memory is the limit",
                "more than 8Gi, which no pair has: ask for less",
                ContainerConcepts.Memory
            ) with
            {
                Undeclared = subject =>
                    subject.Workload is not { } workload ? null
                    : options.IsManaged(workload) ? ManagedConcepts.Judge(Concept.Memory, subject, options)
                    : ContainerConcepts.UndeclaredMemory(workload),
                Weakens =
                    "where none is declared, a replica is ended above 1 GiB, or above the least that a known server needs: "
                    + "`.WithMemory(limit)`",
            },
            Rule(options, Concept.Cpu, "the same pair", "more than 4 cores, which no pair has: ask for less", ContainerConcepts.Cpu),
            Rule(options, Concept.Pids, "the platform's own limit", null, static _ =>
                ConceptOutcome.Weakens(
                    "the platform's own limit",
                    "No app can say how many processes it may have",
                    "publish for Compose, Swarm or Nomad, where a replica is held to its own number"
                )
            ) with
            {
                Weakens = "no app can say its own number: publish for Compose, Swarm or Nomad, where a replica is held to it",
            },
            Rule(
                options,
                Concept.PreviousSteps,
                "a job, which `./deploy.sh` starts and awaits, and with azd a deployment script; who waits for it is deployed "
                    + "afterwards, and not if it fails",
                "completion with another code than 0: end the job with 0",
                ContainerConcepts.PreviousSteps
            ),
            Rule(
                options,
                Concept.Secrets,
                "secrets of the app, mounted under `/mnt/secrets`; another value makes a new revision",
                null,
                static subject =>
                    ConceptOutcome.By(
                        Secrets.UndeliverableOf(subject.Workload!) is { IsEmpty: false } variables
                            ? $"secrets of the app; {string.Join(", ", variables.Select(static variable => variable.Name))} by "
                                + $"`secretRef`, {Secrets.WhyUndeliverable(subject.Workload!)}"
                            : $"secrets of the app, mounted as files under `{MountedSecrets.Directory}`"
                    )
            ),
            Rule(options, Concept.Data, "Azure Files, by NFS", null, static subject =>
                ConceptOutcome.By(
                    "Azure Files: "
                        + string.Join(
                            ", ",
                            subject.Workload!.Mounts.Select(static mount => $"`{AzureNames.ShareOf(mount.Volume)}`").Distinct()
                        )
                )
            ),
            Rule(
                options,
                Concept.Files,
                "secrets of the app, mounted at the directory, which then holds nothing else",
                "a file that is run: put it into the image",
                ContainerConcepts.Files
            ),
            Rule(
                options,
                Concept.Network,
                "internal ingress: the environment is the deployment's own, and nobody outside it connects; inside it, apps aren't "
                    + "kept apart",
                null,
                static subject => ConceptOutcome.By("the environment's network; inside it, apps aren't kept apart")
            ),
            Rule(options, Concept.ExternalPort, "external ingress: HTTPS on 443, or TCP", null, ContainerConcepts.External),
            Rule(
                options,
                Concept.Isolation,
                "the platform's own: no container is privileged, reaches its host or may ask for capabilities; the user is the "
                    + "image's, or the one that a known server's image becomes",
                null,
                ContainerConcepts.Isolation
            ) with
            {
                Weakens =
                    "a read-only root, or a user that the image doesn't begin as: a target that has them, or an image that names "
                    + "the user (`USER`)",
            },
            Rule(options, Concept.Stop, "`terminationGracePeriodSeconds`", "more than 10 min: finish sooner", ContainerConcepts.Stop),
            Rule(
                options,
                Concept.Pull,
                "the platform's own: it pulls the image for every replica that it starts",
                null,
                ImagePull.Judge
            ) with
            {
                Weakens = "it can't be told to take an image that is there: name the image by its digest, which is the same each time",
            }
        );

    private const string Command = "a command of an image that isn't known is a connection: an HTTP endpoint that tells";

    private static ConceptRule Rule(AzureContainerAppsOptions options, Concept concept, string mechanism) =>
        Rule(options, concept, mechanism, null, _ => ConceptOutcome.By(mechanism));

    // What Azure runs by itself has none of a container's mechanisms.
    private static ConceptRule Rule(
        AzureContainerAppsOptions options,
        Concept concept,
        string mechanism,
        string? refuses,
        Func<ConceptSubject, ConceptOutcome> judge
    ) =>
        new(concept, mechanism, refuses, subject =>
            subject.Workload is { } workload && options.IsManaged(workload)
                ? ManagedConcepts.Judge(concept, subject, options)
                : judge(subject)
        );

    private static string Https(ConceptSubject subject, AzureContainerAppsOptions options) =>
        options.CustomDomain switch
        {
            null => "external ingress, the environment's own domain with its certificate",
            { Certificate: { } certificate } => $"external ingress, the domain with the environment's certificate `{certificate}`",
            _ => "external ingress; the domain is bound, and has HTTPS once its certificate is named",
        };

    private static ConceptOutcome Routing(ConceptSubject subject) =>
        GatewayModel.Refusal(subject.Plan, subject.Gateway!) is { } refusal
            ? ConceptOutcome.Loses(refusal.What, refusal.Remedy)
            : ConceptOutcome.By($"external ingress of `{subject.Plan.WorkloadNamed(subject.Gateway!.Routes[^1].Workload).Label}`");
}
