using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// A resource's probes, from <c>WithHttpProbe</c>, <c>WithHttpHealthCheck</c>, <c>WithExecProbe</c> and <c>WithTcpProbe</c>. An HTTP health
/// check is readiness, where no readiness probe is declared. A check that is code of the AppHost can't be deployed: beside another question
/// it isn't asked, an image that is known has a command in its place, and any other is asked for a connection. So is a project for a path
/// that it maps in Development only. A command and an HTTP request may be declared for one probe: each engine asks what it can.
/// </summary>
internal static class ProbeReading
{
    internal static Probes Read(
        IResource resource,
        WorkloadPorts ports,
        WellKnownImage? known,
        ISolutionFiles files,
        Findings findings,
        bool isDevelopment = false
    )
    {
        var declared = resource.Annotations.OfType<EndpointProbeAnnotation>().ToList();
        var own = resource.Annotations.OfType<ProbeDeclarationAnnotation>().ToList();
        var chosen = own.Find(static probe => probe.Type == ProbeType.Readiness);
        var readiness = Find(ProbeType.Readiness) ?? HealthCheck(resource, declared, ports, known, chosen, findings);
        var command = known?.ReadinessCommand ?? default;
        var isDeclared = chosen is not null || declared.Exists(static probe => probe.Type == ProbeType.Readiness);
        LeaveOutCode(resource, isDeclared, command, findings);
        if (!command.IsEmpty && chosen is null)
            readiness = (readiness ?? Usual(new ExecProbe(command))).AskedBy(new ExecProbe(command));
        return new()
        {
            Startup = Deployed(Concept.StartupProbe, Own(ProbeType.Startup, Find(ProbeType.Startup))),
            Readiness = Deployed(Concept.Readiness, Own(ProbeType.Readiness, readiness)),
            Liveness = Deployed(Concept.Liveness, Own(ProbeType.Liveness, Find(ProbeType.Liveness))),
        };

        Probe? Deployed(Concept concept, Probe? probe) =>
            isDevelopment ? probe : InEveryEnvironment(resource, concept, probe, files, findings);

        Probe? Find(ProbeType type) =>
            declared.FindLast(probe => probe.Type == type) is { } probe ? Read(resource, probe, ports, findings) : null;

        // What HTTP health checks and probes say of times and thresholds holds for a command or a connection too.
        Probe? Own(ProbeType type, Probe? http)
        {
            if (own.Find(probe => probe.Type == type) is not { } probe)
                return http;
            if (ActionOf(resource, probe, ports, findings) is not { } action)
                return null;
            var usual = http ?? Usual(action);
            return usual.AskedBy(action) with
            {
                InitialDelay = probe.InitialDelay ?? usual.InitialDelay,
                Period = probe.Period ?? usual.Period,
                Timeout = probe.Timeout ?? usual.Timeout,
                FailureThreshold = probe.FailureThreshold ?? usual.FailureThreshold,
            };
        }
    }

    private static ProbeAction? ActionOf(IResource resource, ProbeDeclarationAnnotation probe, WorkloadPorts ports, Findings findings)
    {
        if (probe.Command.Count > 0)
            return new ExecProbe(probe.Command.ToEquatableArray());
        var path = $"{resource.Name}.{probe.Type.ToString().ToLowerInvariant()}";
        if (probe.EndpointName is { } name)
        {
            if (ports.Find(name) is { } named)
                return new TcpProbe(named.Name);
            findings.Errors.Add(new(path, $"asks the endpoint \"{name}\", which {resource.Name} doesn't have; name one of its own"));
            return null;
        }
        if (FirstByTcp(ports) is { } port)
            return new TcpProbe(port.Name);
        findings.Errors.Add(new(path, $"asks for a connection, and {resource.Name} has no endpoint by TCP; declare one with WithEndpoint"));
        return null;
    }

    private static Probe? Read(IResource resource, EndpointProbeAnnotation probe, WorkloadPorts ports, Findings findings)
    {
        var path = $"{resource.Name}.{probe.Type.ToString().ToLowerInvariant()}";
        if (probe.EndpointReference.Resource != resource)
        {
            findings.Errors.Add(
                new(
                    path,
                    $"asks {probe.EndpointReference.Resource.Name}, and a container can only be asked about itself; ask an endpoint "
                        + $"of {resource.Name}"
                )
            );
            return null;
        }
        return new(
            new HttpProbe(ports.Find(probe.EndpointReference.EndpointName)?.Name ?? probe.EndpointReference.EndpointName, probe.Path)
        )
        {
            InitialDelay = TimeSpan.FromSeconds(probe.InitialDelaySeconds),
            Period = TimeSpan.FromSeconds(probe.PeriodSeconds),
            Timeout = TimeSpan.FromSeconds(probe.TimeoutSeconds),
            FailureThreshold = probe.FailureThreshold,
            SuccessThreshold = probe.SuccessThreshold,
        };
    }

    private static Probe? HealthCheck(
        IResource resource,
        List<EndpointProbeAnnotation> probes,
        WorkloadPorts ports,
        WellKnownImage? known,
        ProbeDeclarationAnnotation? own,
        Findings findings
    )
    {
        var asked = new List<HttpProbe>();
        var (code, isOdd) = (new List<string>(), false);
        foreach (var key in resource.Annotations.OfType<HealthCheckAnnotation>().Select(static check => check.Key))
        {
            if (HttpCheck.Find(resource, key) is not { } check)
            {
                code.Add(key);
                continue;
            }
            // A probe is a health check too.
            if (probes.Exists(probe => probe.EndpointReference.EndpointName == check.Endpoint && probe.Path == check.Path))
                continue;
            if (check.Status is < 200 or > 399)
            {
                isOdd = true;
                findings.Weaken(
                    resource,
                    Concept.Readiness,
                    $"GET {check.Path} answered with {check.Status}",
                    $"Engines take 200 to 399 for well, not {check.Status}; a connection is asked for in place of \"{check.Path}\"",
                    "let it answer 200"
                );
                continue;
            }
            asked.Add(new(ports.Find(check.Endpoint)?.Name ?? check.Endpoint, check.Path));
        }
        var hasCommand = own is not null || known is { ReadinessCommand.IsEmpty: false };
        if (asked.Count > 0 && code.Count > 0 && !hasCommand)
        {
            findings.Weaken(
                resource,
                Concept.Readiness,
                Checks(code),
                $"{CodeOf(code)}, so {asked[0]} is asked alone",
                $"have GET {asked[0].Path} tell it too, and say which counts with WithHttpProbe(ProbeType.Readiness, …)"
            );
        }
        // A connection that is declared is asked in place of all of them.
        if (asked.Count > 1 && own is not { Command.Count: 0 })
        {
            findings.Weaken(
                resource,
                Concept.Readiness,
                string.Join(" and ", asked),
                $"An engine asks one question for readiness, so {string.Join(" and ", asked.Skip(1))} "
                    + $"{(asked.Count > 2 ? "are" : "is")}n't asked",
                "say which counts with WithHttpProbe(ProbeType.Readiness, …)"
            );
        }
        if (asked.Count > 0)
            return Usual(asked[0]);
        if (hasCommand)
            return null;
        return code.Count > 0 ? Connection(resource, code, ports, findings)
            : isOdd && FirstByTcp(ports) is { } port ? Usual(new TcpProbe(port.Name))
            : null;
    }

    private static Probe? Connection(IResource resource, List<string> checks, WorkloadPorts ports, Findings findings)
    {
        var what = CodeOf(checks);
        if (FirstByTcp(ports) is not { } port)
        {
            findings.LeaveOut($"{resource.Name}.health", what, "declare WithExecProbe(ProbeType.Readiness, …)");
            return null;
        }
        findings.Weaken(
            resource,
            Concept.Readiness,
            Checks(checks),
            $"{what}; a connection to {port.Name} is asked for in its place",
            "declare WithHttpProbe(ProbeType.Readiness, …) or WithExecProbe(ProbeType.Readiness, …)"
        );
        return Usual(new TcpProbe(port.Name));
    }

    // Whoever declares a probe for readiness has said what counts. What the check that an integration brings asks, a known image's command
    // does.
    private static void LeaveOutCode(IResource resource, bool isDeclared, EquatableArray<string> command, Findings findings)
    {
        if (!isDeclared && command.IsEmpty)
            return;
        var code = resource
            .Annotations.OfType<HealthCheckAnnotation>()
            .Select(static check => check.Key)
            .Where(key => HttpCheck.Find(resource, key) is null && key != $"{resource.Name}_check")
            .ToList();
        if (code.Count > 0)
            findings.LeaveOut(
                $"{resource.Name}.health",
                $"{CodeOf(code)}; {(isDeclared ? "the readiness probe that is declared" : "the image's own command")} is asked in its place"
            );
    }

    private static string Checks(List<string> checks) =>
        $"the health check {string.Join(" and ", checks.Select(static check => $"\"{check}\""))}";

    private static string CodeOf(List<string> checks) => $"T{Checks(checks)[1..]} is code of the AppHost, which isn't deployed";

    // Aspire's template maps /health and /alive in Development only: deployed, who asked for them would take every replica for ill.
    private static Probe? InEveryEnvironment(IResource resource, Concept concept, Probe? probe, ISolutionFiles files, Findings findings)
    {
        if (
            probe?.FindHttp() is not { } http
            || resource is not ProjectResource
            || resource.HasAnnotationOfType<ServiceDefaultsAnnotation>()
        )
            return probe;
        if (DevelopmentHealth.Find(resource.Annotations.OfType<IProjectMetadata>().Last().ProjectPath, http.Path, files) is not { } project)
            return probe;
        // The command that was declared beside it tells the same.
        if (probe.Action is ExecProbe)
            return probe with { Http = null };
        findings.Weaken(
            resource,
            concept,
            $"GET {http.Path}",
            $"{project} maps {http.Path} in Development only, so a deployed replica answers 404; a connection to {http.Port} is "
                + "asked for in its place",
            $"map it in every environment, in MapDefaultEndpoints of {project}"
        );
        return probe with { Action = new TcpProbe(http.Port) };
    }

    private static Port? FirstByTcp(WorkloadPorts ports) => ports.All.FirstOrDefault(static port => port.Protocol == PortProtocol.Tcp);

    // Asked often enough for a replica that has gone bad to be left out within a quarter of a minute.
    private static Probe Usual(ProbeAction action) => new(action) { Period = TimeSpan.FromSeconds(5) };

    // A command doesn't take the place of an HTTP request for those who can't run it; a connection tells less, so it was chosen over both.
    private static Probe AskedBy(this Probe probe, ProbeAction action) =>
        probe with
        {
            Action = action,
            Http = action is ExecProbe ? probe.FindHttp() : null,
        };
}
