namespace AspireDeploy.Model;

/// <summary>Describes what must hold of one workload.</summary>
internal static class WorkloadValidation
{
    internal static void Check(List<PlanError> errors, KnownNames known, Workload workload)
    {
        CheckScale(errors, workload.Name, workload.Scale);
        CheckReplicas(errors, workload);
        if (workload.Memory is { } memory)
            PlanValidation.CheckMemory(errors, $"{workload.Name}.memory", memory);
        if (workload.Cpu is { } cpu)
            CheckCpu(errors, $"{workload.Name}.cpu", cpu);
        CheckRestart(errors, $"{workload.Name}.restart", workload.Restart);
        if (workload is { IsJob: true, Restart.Mode: RestartMode.Always })
            errors.Add(new($"{workload.Name}.restart", "a job that always restarts never completes; use on failure or never"));
        CheckPorts(errors, workload);
        CheckEnvironment(errors, workload);
        foreach (var (place, value) in Links.TemplatesOf(workload))
            known.CheckReferences(errors, $"{workload.Name}.{place}", value);
        for (var i = 0; i < workload.Arguments.Count; i++)
        {
            if (workload.Arguments[i].HoldsSecret)
                errors.Add(
                    new(
                        $"{workload.Name}.args[{i}]",
                        "holds a secret, and process lists show arguments; pass it by an environment variable or a file"
                    )
                );
        }
        if (workload.Image is ImageReference image)
            ImageNames.Check(errors, workload.Name, image);
        CheckProbes(errors, workload);
        CheckDependencies(errors, known, workload);
        CheckPaths(errors, known, workload);
        if (workload.StopGracePeriod < TimeSpan.Zero)
            errors.Add(new($"{workload.Name}.stop", "the grace period can't be negative"));
        if (workload.StartTimeout <= TimeSpan.Zero || workload.JobTimeout <= TimeSpan.Zero)
            errors.Add(new($"{workload.Name}.timeout", "must be more than 0"));
    }

    internal static void CheckScale(List<PlanError> errors, string name, Scale scale)
    {
        if (scale.Minimum < 1)
            errors.Add(new($"{name}.replicas", $"{scale.Minimum} is too few; at least 1 runs"));
        if (scale.Minimum > scale.Maximum)
            errors.Add(
                new($"{name}.replicas", $"the minimum, {scale.Minimum}, is more than the maximum, {scale.Maximum}; give the smaller first")
            );
        if (scale.IsAutomatic && scale is { CpuPercent: null, ConcurrentRequests: null })
            errors.Add(
                new(
                    $"{name}.autoscale",
                    "says by what number of replicas but not by which load; give a CPU percentage or requests per replica"
                )
            );
        if (scale.CpuPercent is < 1 or > 100)
            errors.Add(new($"{name}.autoscale.cpu", $"{scale.CpuPercent} is not a percentage from 1 to 100"));
        if (scale.ConcurrentRequests is < 1)
            errors.Add(new($"{name}.autoscale.requests", $"{scale.ConcurrentRequests} is too few; at least 1"));
    }

    internal static void CheckCpu(List<PlanError> errors, string path, Cpu cpu)
    {
        if (cpu.Request <= 0)
            errors.Add(new($"{path}.request", "must be more than 0"));
        if (cpu.Limit < cpu.Request)
            errors.Add(new($"{path}.request", $"{cpu.Request} is more than the limit, {cpu.Limit}"));
    }

    internal static void CheckRestart(List<PlanError> errors, string path, RestartPolicy restart)
    {
        if (restart.MaxAttempts is < 1)
            errors.Add(new($"{path}.attempts", $"{restart.MaxAttempts} is too few; at least 1, or restart never"));
        if (restart.MaxAttempts is not null && restart.Mode != RestartMode.OnFailure)
            errors.Add(new($"{path}.attempts", "attempts are only counted when restarting on failure"));
        if (restart.BackOff is { } backOff && (backOff.Initial <= TimeSpan.Zero || backOff.Maximum < backOff.Initial))
            errors.Add(new($"{path}.backoff", $"{backOff} doesn't grow; the first wait must be more than 0 and at most the longest"));
        if (restart.ResetAfter <= TimeSpan.Zero)
            errors.Add(new($"{path}.resetAfter", "must be more than 0"));
        if (restart.Mode == RestartMode.Never && (restart.BackOff ?? (object?)restart.ResetAfter) is not null)
            errors.Add(new($"{path}.backoff", "what never restarts waits for nothing; take the times away"));
    }

    private static void CheckReplicas(List<PlanError> errors, Workload workload)
    {
        var (path, most) = ($"{workload.Name}.replicas", workload.Scale.Maximum);
        if (workload.IsJob && most > 1)
            errors.Add(new(path, "a job runs once, not in replicas; take its replicas away, or the WaitForCompletion on it"));
    }

    private static void CheckPorts(List<PlanError> errors, Workload workload)
    {
        foreach (var port in workload.Ports)
        {
            PlanValidation.CheckPortNumber(errors, $"{workload.Name}.ports.{port.Name}", port.Number);
            if (port.ExternalNumber is { } external)
                PlanValidation.CheckPortNumber(errors, $"{workload.Name}.ports.{port.Name}.external", external);
        }
        foreach (var group in workload.Ports.GroupBy(static port => port.Name))
        {
            if (group.Count() > 1)
                errors.Add(new($"{workload.Name}.ports.{group.Key}", "is there twice"));
        }
        foreach (var group in workload.Ports.GroupBy(static port => (port.Number, port.Protocol)))
        {
            if (group.Count() > 1)
                errors.Add(
                    new($"{workload.Name}.ports.{group.Last().Name}", $"{group.Key.Number} is taken by \"{group.First().Name}\" already")
                );
        }
    }

    private static void CheckEnvironment(List<PlanError> errors, Workload workload)
    {
        foreach (var group in workload.Environment.GroupBy(static variable => variable.Name))
        {
            if (group.Key.Length == 0 || group.Key.Any(static letter => letter is '=' or '\0' || char.IsWhiteSpace(letter)))
                errors.Add(new($"{workload.Name}.env.{group.Key}", $"\"{group.Key}\" is not a name for an environment variable"));
            if (group.Count() > 1)
                errors.Add(new($"{workload.Name}.env.{group.Key}", "is set twice"));
        }
    }

    private static void CheckProbes(List<PlanError> errors, Workload workload)
    {
        CheckProbe(errors, workload, "startup", workload.Probes.Startup);
        CheckProbe(errors, workload, "readiness", workload.Probes.Readiness);
        CheckProbe(errors, workload, "liveness", workload.Probes.Liveness);
    }

    private static void CheckProbe(List<PlanError> errors, Workload workload, string kind, Probe? probe)
    {
        if (probe is null)
            return;
        var path = $"{workload.Name}.{kind}";
        string?[] named = [(probe.Action as TcpProbe)?.Port, probe.FindHttp()?.Port];
        foreach (var name in named.OfType<string>().Where(name => workload.Ports.All(port => port.Name != name)))
            errors.Add(new(path, $"asks port \"{name}\", which {workload.Name} doesn't have"));
        if (probe.FindHttp() is { Path: var asked } && (!asked.StartsWith('/') || asked.Any(static letter => letter is <= ' ' or > '~')))
            errors.Add(new(path, $"\"{asked}\" is not a path; it begins with / and has other letters than ASCII's as %20 and the like"));
        if (probe.Action is ExecProbe { Command.IsEmpty: true })
            errors.Add(new(path, "runs no command"));
        if (probe.Period <= TimeSpan.Zero || probe.Timeout <= TimeSpan.Zero || probe.InitialDelay < TimeSpan.Zero)
            errors.Add(new(path, "period and timeout must be more than 0, and the delay not negative"));
        if (probe.FailureThreshold < 1 || probe.SuccessThreshold < 1)
            errors.Add(new(path, "thresholds are at least 1"));
        if (probe.SuccessThreshold > 1 && kind != "readiness")
            errors.Add(new(path, "only readiness may ask for more than one success"));
    }

    private static void CheckDependencies(List<PlanError> errors, KnownNames known, Workload workload)
    {
        foreach (var dependency in workload.Dependencies)
        {
            var path = $"{workload.Name}.waits.{dependency.On}";
            var problem = known.FindWorkload(dependency.On) switch
            {
                null => $"waits for \"{dependency.On}\", which isn't deployed",
                { IsJob: true } when dependency.Condition != DependencyCondition.Completed =>
                    $"{dependency.On} is a job, which can only be waited for to complete; use WaitForCompletion",
                { IsJob: false } when dependency.Condition == DependencyCondition.Completed =>
                    $"{dependency.On} is a service, which never completes; use WaitFor",
                { Probes: { Readiness: null, Startup: null } } when dependency.Condition == DependencyCondition.Healthy =>
                    $"{dependency.On} has no readiness probe that says when it is healthy; add one, or wait for its start (WaitForStart)",
                _ => null,
            };
            if (problem is not null)
                errors.Add(new(path, problem));
        }
        foreach (var group in workload.Dependencies.GroupBy(static dependency => dependency.On))
        {
            if (group.Count() > 1)
                errors.Add(new($"{workload.Name}.waits.{group.Key}", "is waited for twice"));
        }
    }

    private static void CheckPaths(List<PlanError> errors, KnownNames known, Workload workload)
    {
        foreach (var mount in workload.Mounts)
        {
            if (!known.HasVolume(mount.Volume))
                errors.Add(new($"{workload.Name}.mounts.{mount.Path}", $"\"{mount.Volume}\" isn't a declared volume"));
        }
        var paths = workload
            .Mounts.Select(static mount => mount.Path)
            .Concat(workload.SecretFiles.Select(static file => file.Path))
            .Concat(workload.Files.Select(static file => file.Path))
            .Concat(workload.Isolation.Scratch)
            .ToList();
        foreach (var path in paths)
        {
            if (
                !path.StartsWith('/')
                || path.Length == 1
                || path.EndsWith('/')
                || path.Split('/').Any(static segment => segment is "." or "..")
                || path.Any(char.IsControl)
                || path.Contains(':', StringComparison.Ordinal)
            )
                errors.Add(new($"{workload.Name}.mounts.{path}", "is not an absolute path inside a container"));
        }
        foreach (
            var file in workload.SecretFiles.Where(static file =>
                !file.Path.All(static letter => char.IsAsciiLetterOrDigit(letter) || "/._-".Contains(letter, StringComparison.Ordinal))
            )
        )
            errors.Add(
                new($"{workload.Name}.secretFiles.{file.Path}", "has more in its path than letters, digits, dots, hyphens and underscores")
            );
        foreach (var group in paths.GroupBy(static path => path))
        {
            if (group.Count() > 1)
                errors.Add(new($"{workload.Name}.mounts.{group.Key}", "is mounted twice"));
        }
    }
}
