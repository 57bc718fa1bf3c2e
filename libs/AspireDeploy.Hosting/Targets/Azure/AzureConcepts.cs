using System.Globalization;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// How Azure Container Apps carries each concept, in a container. What Azure runs by itself: <see cref="ManagedConcepts"/>.
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
                static subject => Probe(subject, ContainerProbe.Startup)
            ) with
            {
                Weakens = Command,
            },
            Rule(
                options,
                Concept.Readiness,
                "probe of type `Readiness`: ingress leaves out who isn't ready",
                "more than 10 failures: an HTTP endpoint that tells",
                static subject => Probe(subject, ContainerProbe.Readiness)
            ) with
            {
                Weakens = Command,
            },
            Rule(
                options,
                Concept.Liveness,
                "probe of type `Liveness`: the container is restarted",
                "more than 10 failures: an HTTP endpoint that tells",
                static subject => Probe(subject, ContainerProbe.Liveness)
            ) with
            {
                Weakens = Command,
            },
            Rule(
                options,
                Concept.Restart,
                "the platform restarts what ends; of a job, `replicaRetryLimit`",
                "a service that isn't always restarted, or a job that is tried without end: declare always, or a number of attempts",
                Restart
            ),
            Rule(options, Concept.BackOff, "", "the platform's back-off is its own, so none can be declared: declare none", static _ =>
                ConceptOutcome.Loses("Container Apps' back-off is its own, and doesn't say which", "declare none")
            ),
            Rule(options, Concept.Replicas, "`minReplicas` and `maxReplicas`", null, static subject =>
                ConceptOutcome.By(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"`minReplicas: {subject.Workload!.Scale.Minimum}`, `maxReplicas: {subject.Workload.Scale.Maximum}`"
                    )
                )
            ),
            Rule(
                options,
                Concept.Autoscale,
                "scale rules: `cpu`, and `http` by concurrent requests",
                "concurrent requests of an app that serves no HTTP: give a CPU percentage",
                Autoscale
            ),
            Rule(
                options,
                Concept.Update,
                "single revision mode: the new revision is ready before the old one goes; where one process owns data, a deployment "
                    + "script ends the old revision first",
                null,
                Update
            ),
            Rule(
                options,
                Concept.Memory,
                "the smallest pair of cores and memory that Azure has and that holds it; the memory is the limit",
                "more than 8Gi, which no pair has: ask for less",
                Memory
            ) with
            {
                Undeclared = subject =>
                    subject.Workload is not { } workload ? null
                    : options.IsManaged(workload) ? ManagedConcepts.Judge(Concept.Memory, subject, options)
                    : UndeclaredMemory(workload),
                Weakens =
                    "where none is declared, a replica is ended above 1 GiB, or above the least that a known server needs: "
                    + "`.WithMemory(limit)`",
            },
            Rule(options, Concept.Cpu, "the same pair", "more than 4 cores, which no pair has: ask for less", Cpu),
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
                PreviousSteps
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
                Files
            ),
            Rule(
                options,
                Concept.Network,
                "internal ingress: the environment is the deployment's own, and nobody outside it connects; inside it, apps aren't "
                    + "kept apart",
                null,
                static subject => ConceptOutcome.By("the environment's network; inside it, apps aren't kept apart")
            ),
            Rule(options, Concept.ExternalPort, "external ingress: HTTPS on 443, or TCP", null, External),
            Rule(
                options,
                Concept.Isolation,
                "the platform's own: no container is privileged, reaches its host or may ask for capabilities; the user is the "
                    + "image's, or the one that a known server's image becomes",
                null,
                Isolation
            ) with
            {
                Weakens =
                    "a read-only root, or a user that the image doesn't begin as: a target that has them, or an image that names "
                    + "the user (`USER`)",
            },
            Rule(options, Concept.Stop, "`terminationGracePeriodSeconds`", "more than 10 min: finish sooner", Stop),
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

    private static ConceptOutcome UndeclaredMemory(Workload workload)
    {
        var size = ContainerSize.For(workload) ?? ContainerSize.Largest;
        var isForImage = workload.LeastMemory is not null && size != ContainerSize.Default;
        return ConceptOutcome.Weakens(
            $"{size}",
            $"Container Apps ends a replica above what it is given, which is {size.Memory} "
                + (isForImage ? "here, the least pair that this image needs" : "where none is declared"),
            ".WithMemory(limit)"
        );
    }

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
            _ => "external ingress; the domain is bound, and has HTTPS once its certificate is named (docs/targets/azure.md)",
        };

    private static ConceptOutcome Routing(ConceptSubject subject) =>
        GatewayModel.Refusal(subject.Plan, subject.Gateway!) is { } refusal
            ? ConceptOutcome.Loses(refusal.What, refusal.Remedy)
            : ConceptOutcome.By($"external ingress of `{subject.Plan.WorkloadNamed(subject.Gateway!.Routes[^1].Workload).Label}`");

    private static ConceptOutcome Probe(ConceptSubject subject, string type)
    {
        var (workload, probes) = (subject.Workload!, subject.Workload!.Probes);
        var probe = (
            type switch
            {
                ContainerProbe.Startup => probes.Startup,
                ContainerProbe.Readiness => probes.Readiness,
                _ => probes.Liveness,
            }
        )!;
        if (workload.IsJob)
            return ConceptOutcome.By("none is needed: a job is asked nothing");
        if (ContainerProbe.Shortfall(workload, type, probe) is { } weaker)
            return ConceptOutcome.Weakens(weaker.Mechanism, weaker.What, weaker.Remedy);
        return ContainerProbe.Refusal(workload, type, probe) is { } refusal
            ? ConceptOutcome.Loses(refusal.What, refusal.Remedy)
            : ConceptOutcome.By($"probe of type `{type}`{ContainerProbe.Difference(workload, type, probe)}");
    }

    private static ConceptOutcome Restart(ConceptSubject subject)
    {
        var workload = subject.Workload!;
        if (!workload.IsJob)
        {
            return workload.Restart.Mode == RestartMode.Always
                ? ConceptOutcome.By("the platform restarts what ends")
                : ConceptOutcome.Loses(
                    "An app's containers are always restarted, whatever they ended with",
                    "declare always, or have something wait for its completion, which makes it a job"
                );
        }
        return JobModule.RetriesOf(workload) is { } retries
            ? ConceptOutcome.By(string.Create(CultureInfo.InvariantCulture, $"`replicaRetryLimit: {retries}`"))
            : ConceptOutcome.Loses("A job isn't tried without end", "give a number of attempts");
    }

    private static ConceptOutcome Autoscale(ConceptSubject subject) =>
        subject.Workload!.Scale.ConcurrentRequests is not null
        && AppIngress.For(subject.Workload, subject.Plan.Gateway) is not { IsHttp: true }
            ? ConceptOutcome.Loses(
                $"{subject.Workload.Name} serves no HTTP, so nothing counts its requests",
                "give a CPU percentage instead"
            )
            : ConceptOutcome.By(
                "scale rules: "
                    + string.Join(
                        ", ",
                        new[]
                        {
                            subject.Workload.Scale.CpuPercent is null ? null : "`cpu`",
                            subject.Workload.Scale.ConcurrentRequests is null ? null : "`http`",
                        }.OfType<string>()
                    )
            );

    private static ConceptOutcome Update(ConceptSubject subject)
    {
        var workload = subject.Workload!;
        if (DataOwner.Is(workload))
        {
            return ConceptOutcome.By(
                $"the deployment script `{DataOwner.NameOf(workload)}` ends the old revision before the new one starts"
                    + (
                        DataOwner.Hold(workload) is null
                            ? "; when the platform moves a replica, the next may start before it has ended (docs/targets/azure.md)"
                            : "; the server starts once it has the lock on its data"
                    )
            );
        }
        return ConceptOutcome.By(
            workload.Update == UpdateOrder.StartFirst
                ? "single revision mode: the new revision is ready before the old one goes"
                : "single revision mode: the new revision first, which is safe since it owns no data"
        );
    }

    private static ConceptOutcome Memory(ConceptSubject subject)
    {
        if (subject.Workload is not { } workload)
            return ConceptOutcome.By("ingress's own, which Azure runs");
        if (workload.Memory!.Limit > ContainerSize.Largest.Memory)
            return ConceptOutcome.Loses(
                $"No pair of cores and memory holds {workload.Memory.Limit}: the largest is {ContainerSize.Largest}",
                $"ask for {ContainerSize.Largest.Memory} or less"
            );
        return ConceptOutcome.By(
            ContainerSize.For(workload) is { } size
                ? $"{size}, the smallest pair that holds it"
                : $"{ContainerSize.Largest}, the largest pair"
        );
    }

    private static ConceptOutcome Cpu(ConceptSubject subject)
    {
        var cores = subject.Workload!.Cpu!.Limit ?? subject.Workload.Cpu.Request;
        if (cores > ContainerSize.Largest.Cores)
            return ConceptOutcome.Loses(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No pair of cores and memory has {cores} cores: the largest is {ContainerSize.Largest}"
                ),
                "ask for 4 or less"
            );
        return ConceptOutcome.By($"{ContainerSize.For(subject.Workload) ?? ContainerSize.Largest}, for request and limit alike");
    }

    private static ConceptOutcome PreviousSteps(ConceptSubject subject) =>
        subject.Workload!.Dependencies.FirstOrDefault(static dependency => dependency.ExitCode != 0) is { } odd
            ? ConceptOutcome.Loses($"A job succeeds with 0 alone, not with {odd.ExitCode}", $"end {odd.On} with 0")
            : ConceptOutcome.By(
                subject.Workload.IsJob
                    ? "a job, started and awaited by `./deploy.sh`, or with azd by the deployment script `run-"
                        + subject.Workload.Label
                        + "`"
                    : "deployed once the job has completed, and not if it fails"
            );

    private static ConceptOutcome Files(ConceptSubject subject) =>
        subject.Workload!.Files.FirstOrDefault(static file => file.Executable) is { } run
            ? ConceptOutcome.Loses(
                $"Container Apps mounts {run.Path} without the right to run it",
                "put it into the image, or have the shell read it"
            )
            : ConceptOutcome.By(
                "secrets of the app, mounted at "
                    + string.Join(
                        ", ",
                        new ContainerFiles(subject.Workload).Directories.Where(directory =>
                            subject.Workload.Files.Any(file => file.Path.StartsWith(directory + "/", StringComparison.Ordinal))
                        )
                    )
            );

    private static ConceptOutcome External(ConceptSubject subject)
    {
        var ingress = AppIngress.For(subject.Workload!, subject.Plan.Gateway)!;
        return ConceptOutcome.By(
            "external ingress: "
                + string.Join(
                    ", ",
                    subject
                        .Workload!.Ports.Where(static port => port.External)
                        .Select(port =>
                            port == ingress.Main && port.IsHttp
                                ? "HTTPS on 443"
                                : string.Create(CultureInfo.InvariantCulture, $"TCP on {AppIngress.ExposedOf(port)}")
                        )
                )
        );
    }

    // A process that isn't root has no capabilities, whatever the container may have.
    private static ConceptOutcome Isolation(ConceptSubject subject)
    {
        var workload = subject.Workload!;
        var (declared, mechanism, weaker) = (workload.Isolation, "the platform's own; the user is the image's", new List<string>());
        if (declared is { UserId: > 0 and var user })
        {
            var own = ContainerUser.Own(workload);
            if (!ContainerUser.BeginsAsRoot(workload))
                weaker.AddRange(
                    own == user ? [] : [$"it runs as the user that its image names, which {(own is null ? "may not be" : "isn't")} {user}"]
                );
            else if (!ContainerUser.IsGivenUp(workload))
                weaker.Add($"it runs as root and not as user {user}, with a container's usual capabilities");
            else
            {
                mechanism = $"the platform's own; the image's entry point becomes user {own} before the server starts";
                weaker.Add(
                    "it begins as root, with a container's usual "
                        + $"capabilities{(own == user ? "" : $", and becomes user {own} and not {user}")}"
                );
            }
        }
        if (declared.ReadOnlyRoot)
            weaker.Add("its root file system can be written to");
        return weaker.Count == 0
            ? ConceptOutcome.By(mechanism)
            : ConceptOutcome.Weakens(
                mechanism,
                $"Container Apps has no setting for it: {string.Join("; ", weaker)}",
                "where that must not be, deploy it to Kubernetes or Nomad, which keep it; a user can be named in the image itself (USER)"
            );
    }

    private static ConceptOutcome Stop(ConceptSubject subject) =>
        subject.Workload!.StopGracePeriod.TotalSeconds > AppModule.LongestStop
            ? ConceptOutcome.Loses("Container Apps waits up to 10m for a replica to stop", "finish within 10m")
            : ConceptOutcome.By("`terminationGracePeriodSeconds`");
}
