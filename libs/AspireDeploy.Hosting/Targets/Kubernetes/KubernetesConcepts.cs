using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>Describes how Kubernetes carries each concept.</summary>
internal static class KubernetesConcepts
{
    internal static ConceptTable Table(KubernetesOptions options) =>
        new(
            new(
                Concept.Https,
                "an Ingress with `tls`: cert-manager's certificate, renewed by it, or a Secret of one's own; the controller redirects",
                null,
                subject => Https(subject, options)
            )
            {
                Weakens =
                    "the controller's own certificate where neither is named, and a redirect as the controller does it where its "
                    + "class isn't known: `.WithIngress(\"CLASS\", clusterIssuer: \"NAME\")`",
            },
            new(
                Concept.Routing,
                "an Ingress and Services, which know the replicas that are ready",
                "a stripped prefix, or HTTPS or HTTP/2 towards the service, with a controller that isn't known here: name the class "
                    + "`nginx` or `haproxy`, or serve the prefix itself",
                subject => Routing(subject, options)
            ),
            ConceptRule.Always(Concept.Startup, "a Deployment or StatefulSet: its controller starts pods anew on the nodes there are"),
            new(
                Concept.Waits,
                "an init container that watches the one object it waits for, by a Role that may read nothing else",
                null,
                Waits
            )
            {
                Weakens =
                    "for the mere start of one that has a readiness probe, until it is ready, since Kubernetes tells no other: `WaitFor`",
            },
            ConceptRule.Always(Concept.StartupProbe, "`startupProbe`"),
            ConceptRule.Always(Concept.Readiness, "`readinessProbe`: a Service leaves out who isn't ready"),
            ConceptRule.Always(Concept.Liveness, "`livenessProbe`, asked once the start is over: the kubelet restarts the container"),
            new(
                Concept.Restart,
                "`restartPolicy: Always`; of a Job, `backoffLimit`",
                "a service that isn't always restarted, which no Deployment has: declare always, or make it a job",
                Restart
            ),
            new(
                Concept.BackOff,
                "the kubelet's own: 10 s, doubling to 5 min",
                "another back-off than the kubelet's can't be set: declare none",
                BackOffOf
            ),
            ConceptRule.Always(Concept.Replicas, "`replicas`, spread over nodes and zones, with a PodDisruptionBudget", static subject =>
                subject.Workload!.Scale is { IsAutomatic: true } scale
                    ? $"`minReplicas: {scale.Minimum}` of its HorizontalPodAutoscaler"
                    : $"`replicas: {subject.Workload.Scale.Minimum}`"
                        + (subject.Workload.Scale.Minimum > 1 ? ", spread over nodes and zones, with a PodDisruptionBudget" : "")
            ),
            new(
                Concept.Autoscale,
                "a HorizontalPodAutoscaler on CPU (`autoscaling/v2`)",
                "by concurrent requests, which no cluster measures by itself: give a CPU percentage",
                Autoscale
            ),
            new(Concept.Update, "a rolling update with `maxUnavailable: 0`, or `maxSurge: 0` where the old stops first", null, Update)
            {
                Weakens = "with a volume of its own that it only reads, the old replica stops first",
            },
            ConceptRule.Always(Concept.Memory, "`resources.requests.memory` and `limits.memory`", static subject =>
                subject.Workload is null
                    ? "the Ingress controller's own, which the cluster runs"
                    : "`resources.requests.memory` and `limits.memory`"
            ) with
            {
                Undeclared = subject =>
                    subject.Workload is not null && options.DefaultMemory is { } memory
                        ? ConceptOutcome.By($"the target's default, {memory}")
                        : null,
            },
            ConceptRule.Always(Concept.Cpu, "`resources.requests.cpu` and `limits.cpu`"),
            new(Concept.Pids, "the nodes' own limit", null, static _ =>
                ConceptOutcome.Weakens(
                    "the nodes' own limit",
                    "No pod can say how many processes it may have: each node's kubelet has one number for all pods",
                    "set `podPidsLimit` in the kubelets' configuration"
                )
            )
            {
                Weakens = "no pod can say its own number: set `podPidsLimit` in the kubelets' configuration",
            },
            new(
                Concept.PreviousSteps,
                "a Job named by its content; those who wait for it have an init container that watches that Job, so the previous "
                    + "version goes on serving if it fails",
                "completion with another code than 0: end the job with 0",
                PreviousSteps
            ),
            ConceptRule.Always(
                Concept.Secrets,
                "a Secret for each workload, made from files that `./secrets.sh` makes, mounted under `/run/secrets`",
                static subject =>
                    Secrets.UndeliverableOf(subject.Workload!) is { IsEmpty: false } variables
                        ? $"a Secret; {string.Join(", ", variables.Select(static variable => variable.Name))} by `secretKeyRef`, "
                            + Secrets.WhyUndeliverable(subject.Workload!)
                        : "a Secret, mounted as files"
            ),
            ConceptRule.Always(Concept.Data, "PersistentVolumeClaims of a StatefulSet, which outlive it", static subject =>
                "PersistentVolumeClaims: "
                + string.Join(", ", subject.Workload!.Mounts.Select(static mount => $"`{DnsLabel.From(mount.Volume)}`"))
            ),
            ConceptRule.Always(Concept.Files, "a ConfigMap, each key mounted where the file belongs"),
            new(Concept.Network, "a NetworkPolicy for each workload, on one that denies all", null, subject => Network(subject, options))
            {
                Weakens =
                    "a routed service may be reached by any pod where the controller's namespace isn't known: "
                    + "`.WithIngress(controllerNamespace: \"NAME\")`",
            },
            ExternalPorts.Rule("a Service of type LoadBalancer", static subject =>
                $"Service `{KubernetesNames.ExternalServiceOf(subject.Workload!)}`, type LoadBalancer"
            ),
            new(
                Concept.Isolation,
                "`securityContext`, in a namespace that enforces the *restricted* Pod Security Standard",
                "root, or capabilities beyond NET_BIND_SERVICE, in a namespace that is restricted by choice: take "
                    + "`.WithPodSecurity(PodSecurity.Restricted)` away",
                subject => IsolationOf(subject, options)
            )
            {
                Weakens = "the namespace enforces *baseline* where an image's user isn't known: `.WithContainerUser` names it",
            },
            ConceptRule.Always(
                Concept.Stop,
                "`terminationGracePeriodSeconds`, with `preStop` until everybody has heard that a replica goes"
            ),
            Pulling.By("`imagePullPolicy`")
        );

    private static BackOff KubeletBackOff { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));

    // https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
    private static TimeSpan KubeletHealthyStretch { get; } = TimeSpan.FromMinutes(10);

    private static ConceptOutcome Routing(ConceptSubject subject, KubernetesOptions options)
    {
        if (IngressController.Find(options.Ingress.Class) is { } known)
            return ConceptOutcome.By($"Ingress of class `{known.Class}`, Services");
        foreach (var route in subject.Gateway!.Routes)
        {
            if (route is { StripPrefix: true, PathPrefix: not "/" })
                return ConceptOutcome.Loses(
                    "An Ingress takes no prefix off, and no annotation is known by which this controller would take off "
                        + $"{route.PathPrefix}",
                    $".WithIngress(\"nginx\") or \"haproxy\", or let {route.Workload} serve {route.PathPrefix} itself (UsePathBase)"
                );
            if (subject.Plan.WorkloadNamed(route.Workload).PortNamed(route.Port).Scheme == "https")
                return ConceptOutcome.Loses(
                    "An Ingress speaks HTTP to services, and no annotation is known by which this controller would speak HTTPS to "
                        + $"{route.Workload}",
                    $".WithIngress(\"nginx\") or \"haproxy\", or route to an HTTP port of {route.Workload}"
                );
            if (subject.Plan.WorkloadNamed(route.Workload).PortNamed(route.Port).Http2)
                return ConceptOutcome.Loses(
                    "An Ingress speaks HTTP/1.1 to services, and no annotation is known by which this controller would speak "
                        + $"HTTP/2 without TLS to {route.Workload}",
                    $".WithIngress(\"nginx\") or \"haproxy\", or let {route.Workload} speak HTTP/1.1 too"
                );
        }
        return ConceptOutcome.By(
            options.Ingress.Class is { } name ? $"Ingress of class `{name}`, Services" : "Ingress of the cluster's default class, Services"
        );
    }

    private static ConceptOutcome Network(ConceptSubject subject, KubernetesOptions options)
    {
        var workload = subject.Workload!;
        var routed = subject.Plan.Gateway?.Routes.FirstOrDefault(route => route.Workload == workload.Name);
        return routed is not null && options.Ingress.ControllerNamespace is null
            ? ConceptOutcome.Weakens(
                $"NetworkPolicy `{workload.Label}`",
                $"Every pod of the cluster may connect to port {routed.Port} of {workload.Name}, which believes forwarded headers, "
                    + "as nothing says where the controller runs",
                "name the namespace of its pods, .WithIngress(controllerNamespace: \"NAME\")"
            )
            : ConceptOutcome.By($"NetworkPolicy `{workload.Label}`");
    }

    private static ConceptOutcome Waits(ConceptSubject subject)
    {
        foreach (var dependency in subject.Workload!.Dependencies)
        {
            if (
                dependency.Condition == DependencyCondition.Started
                && subject.Plan.WorkloadNamed(dependency.On).Probes is not { Readiness: null, Startup: null }
            )
                return ConceptOutcome.Weakens(
                    Watched(subject.Workload),
                    $"Kubernetes tells that {dependency.On} is ready, not that it has started, so {subject.Name} starts once "
                        + $"{dependency.On} is ready",
                    $"WaitFor({dependency.On}) says so"
                );
        }
        return ConceptOutcome.By(Watched(subject.Workload));
    }

    private static string Watched(Workload workload) =>
        "an init container that watches "
        + string.Join(
            ", ",
            workload
                .Dependencies.Where(static dependency => dependency.Condition != DependencyCondition.Completed)
                .Select(static dependency => dependency.On)
        );

    private static ConceptOutcome Https(ConceptSubject subject, KubernetesOptions options)
    {
        var (gateway, ingress) = (subject.Gateway!, options.Ingress);
        var mechanism =
            ingress.CertificateSecret is { } secret ? $"Ingress, the certificate in the Secret `{secret}`"
            : ingress.ClusterIssuer is { } issuer ? $"Ingress, a certificate of cert-manager's issuer `{issuer}`"
            : "Ingress, the controller's own certificate";
        var (what, remedies) = (new List<string>(), new List<string>());
        if (ingress.SecretOf(gateway) is null)
        {
            what.Add(
                $"Nothing says who signs the certificate of \"{gateway.Host}\", so clients are shown the controller's own, which "
                    + "they may not trust"
            );
            remedies.Add(
                "name cert-manager's issuer, .WithIngress(clusterIssuer: \"NAME\"), or a Secret that has a certificate, "
                    + ".WithIngress(certificateSecret: \"NAME\")"
            );
        }
        if (gateway.RedirectToHttps && !ingress.RedirectsToHttps && IngressController.Find(ingress.Class) is null)
        {
            what.Add(
                "Nothing says that "
                    + $"{(ingress.Class is { } name ? $"a controller of class \"{name}\"" : "the cluster's default controller")} "
                    + "redirects HTTP to HTTPS"
            );
            remedies.Add(".WithIngress(\"nginx\") or \"haproxy\" are known to, .WithIngress(redirectsToHttps: true) says that yours does");
        }
        return what.Count == 0
            ? ConceptOutcome.By(mechanism)
            : ConceptOutcome.Weakens(mechanism, string.Join(". ", what), string.Join("; ", remedies));
    }

    private static ConceptOutcome Restart(ConceptSubject subject)
    {
        var (workload, restart) = (subject.Workload!, subject.Workload!.Restart);
        if (!workload.IsJob)
        {
            return restart.Mode == RestartMode.Always
                ? ConceptOutcome.By("`restartPolicy: Always`")
                : ConceptOutcome.Loses(
                    "A Deployment's pods are always restarted, whatever they ended with",
                    "declare always, or have something wait for its completion, which makes it a job"
                );
        }
        return ConceptOutcome.By(
            restart switch
            {
                { Mode: RestartMode.Never } => "`backoffLimit: 0`",
                { MaxAttempts: { } attempts } => string.Create(CultureInfo.InvariantCulture, $"`backoffLimit: {attempts}`"),
                _ => "`backoffLimit` without end, within `activeDeadlineSeconds`",
            }
        );
    }

    private static ConceptOutcome BackOffOf(ConceptSubject subject) =>
        (subject.Workload!.Restart.BackOff ?? KubeletBackOff) == KubeletBackOff
        && (subject.Workload.Restart.ResetAfter ?? KubeletHealthyStretch) == KubeletHealthyStretch
            ? ConceptOutcome.By("the kubelet's own, which is this")
            : ConceptOutcome.Loses(
                $"The kubelet's back-off is its own: {KubeletBackOff}, counted anew after {Durations.Print(KubeletHealthyStretch)}",
                "declare none"
            );

    private static ConceptOutcome Autoscale(ConceptSubject subject) =>
        subject.Workload!.Scale is { ConcurrentRequests: { } requests }
            ? ConceptOutcome.Loses(
                $"No cluster measures concurrent requests by itself, so nothing can keep {requests} for each replica",
                "give a CPU percentage instead"
            )
            : ConceptOutcome.By("HorizontalPodAutoscaler on CPU");

    private static ConceptOutcome Update(ConceptSubject subject)
    {
        var workload = subject.Workload!;
        if (workload.Update == UpdateOrder.StopFirst)
            return ConceptOutcome.By("the old pod is gone before the new one starts");
        return workload.Mounts.Any(mount => UsersOf(subject.Plan, mount.Volume) == 1) && workload.Scale.Maximum == 1
            ? ConceptOutcome.Weakens(
                "a StatefulSet, whose old pod is gone before the new one starts",
                "A volume of one's own is mounted by one pod at a time, so the old replica stops first",
                "put what is only read into the image, or declare it with WithContainerFiles"
            )
            : ConceptOutcome.By("`rollingUpdate` with `maxUnavailable: 0`, `maxSurge: 1`");
    }

    private static int UsersOf(DeploymentPlan plan, string volume) =>
        plan.Workloads.Count(workload => workload.Mounts.Any(mount => mount.Volume == volume));

    private static ConceptOutcome PreviousSteps(ConceptSubject subject) =>
        subject.Workload!.Dependencies.FirstOrDefault(static dependency => dependency.ExitCode != 0) is { } odd
            ? ConceptOutcome.Loses($"A Job completes with 0 alone, not with {odd.ExitCode}", $"end {odd.On} with 0")
            : ConceptOutcome.By(
                subject.Workload.IsJob
                    ? "a Job named by its content, with `activeDeadlineSeconds`"
                    : "an init container that watches the Job"
            );

    private static ConceptOutcome IsolationOf(ConceptSubject subject, KubernetesOptions options)
    {
        var isolation = subject.Workload!.Isolation;
        var admitted = $"`securityContext`: {isolation}, `RuntimeDefault` seccomp";
        if (options.PodSecurityOf(subject.Plan) == PodSecurity.Baseline)
        {
            return options.PodSecurity is not null || KubernetesOptions.IsRestricted(isolation)
                ? ConceptOutcome.By("`securityContext`, in a namespace that enforces *baseline*")
                : ConceptOutcome.Weakens(
                    "`securityContext`, in a namespace that enforces *baseline*",
                    $"Nothing says which user {subject.Name}'s image runs as, so the namespace admits root inside containers",
                    "name it with .WithContainerUser(1000), or say that this is meant with .WithPodSecurity(PodSecurity.Baseline) "
                        + "on the target"
                );
        }
        const string Remedy = "let the namespace enforce what its workloads need: take .WithPodSecurity(PodSecurity.Restricted) away";
        if (!isolation.NonRoot)
            return ConceptOutcome.Loses(
                $"A restricted namespace admits no root, and nothing says which user {subject.Workload.Name}'s image runs as",
                "name it with .WithContainerUser(1000), or take .WithPodSecurity(PodSecurity.Restricted) away"
            );
        return isolation.Capabilities.FirstOrDefault(static capability => capability != "NET_BIND_SERVICE") is { } capability
            ? ConceptOutcome.Loses($"A restricted namespace admits no capability {capability}", Remedy)
            : ConceptOutcome.By(admitted);
    }
}
