using System.Globalization;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>Describes how a container app or a job carries what a workload declares, concept by concept.</summary>
internal static class ContainerConcepts
{
    internal static ConceptOutcome Probe(ConceptSubject subject, string type)
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

    internal static ConceptOutcome Restart(ConceptSubject subject)
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

    internal static ConceptOutcome Replicas(ConceptSubject subject, AzureContainerAppsOptions options)
    {
        var workload = subject.Workload!;
        var mechanism = string.Create(
            CultureInfo.InvariantCulture,
            $"`minReplicas: {workload.Scale.Minimum}`, `maxReplicas: {workload.Scale.Maximum}`"
        );
        if (!AzureContainerAppsOptions.IsPostgres(workload))
            return ConceptOutcome.By(mechanism);
        var connections = new PostgresConnections(subject.Plan, workload, options);
        if (connections.Shortfall() is { } shortfall)
            return ConceptOutcome.Weakens(
                mechanism,
                $"It {shortfall}",
                "run fewer replicas of those, give them a smaller Maximum Pool Size, or allow more: .WithArgs(\"-c\", "
                    + "\"max_connections=300\")"
            );
        return ConceptOutcome.By(connections.Told() is { } told ? $"{mechanism}, {told}" : mechanism);
    }

    internal static ConceptOutcome Autoscale(ConceptSubject subject) =>
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

    internal static ConceptOutcome Update(ConceptSubject subject)
    {
        var workload = subject.Workload!;
        if (DataOwner.Is(workload))
        {
            return ConceptOutcome.By(
                $"the deployment script `{DataOwner.NameOf(workload)}` ends the old revision before the new one starts"
                    + (
                        DataOwner.Hold(workload) is null
                            ? "; when the platform moves a replica, the next may start before it has ended"
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

    internal static ConceptOutcome Memory(ConceptSubject subject)
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

    /// <summary>Returns what a workload that declares no memory gets.</summary>
    internal static ConceptOutcome UndeclaredMemory(Workload workload)
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

    internal static ConceptOutcome Cpu(ConceptSubject subject)
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

    internal static ConceptOutcome PreviousSteps(ConceptSubject subject) =>
        subject.Workload!.Dependencies.FirstOrDefault(static dependency => dependency.ExitCode != 0) is { } odd
            ? ConceptOutcome.Loses($"A job succeeds with 0 alone, not with {odd.ExitCode}", $"end {odd.On} with 0")
            : ConceptOutcome.By(
                subject.Workload.IsJob
                    ? "a job, started and awaited by `./deploy.sh`, or with azd by the deployment script `run-"
                        + subject.Workload.Label
                        + "`"
                    : "deployed once the job has completed, and not if it fails"
            );

    internal static ConceptOutcome Files(ConceptSubject subject) =>
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

    internal static ConceptOutcome External(ConceptSubject subject)
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
    internal static ConceptOutcome Isolation(ConceptSubject subject)
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

    internal static ConceptOutcome Stop(ConceptSubject subject) =>
        subject.Workload!.StopGracePeriod.TotalSeconds > AppModule.LongestStop
            ? ConceptOutcome.Loses("Container Apps waits up to 10m for a replica to stop", "finish within 10m")
            : ConceptOutcome.By("`terminationGracePeriodSeconds`");
}
