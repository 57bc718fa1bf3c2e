namespace AspireDeploy.Model;

/// <summary>
/// Describes what can be declared of a deployment and must arrive. <see cref="Targets.Concepts"/> says where each is declared.
/// </summary>
internal enum Concept
{
    /// <summary>TLS ends at one gateway, outside the workloads' containers.</summary>
    Https,

    /// <summary>The gateway sends each path to its workload and spreads requests over the replicas that are ready.</summary>
    Routing,

    /// <summary>The engine starts it, and starts it again after a boot of the machine.</summary>
    Startup,

    /// <summary>It starts only once what it needs has started or is healthy.</summary>
    Waits,

    /// <summary>It gets time to start before other probes count.</summary>
    StartupProbe,

    /// <summary>A replica that isn't ready gets no requests.</summary>
    Readiness,

    /// <summary>A replica that no longer works is replaced.</summary>
    Liveness,

    /// <summary>A crashed process comes back.</summary>
    Restart,

    /// <summary>The wait between restarts grows as declared.</summary>
    BackOff,

    /// <summary>N identical containers behind one load balancer.</summary>
    Replicas,

    /// <summary>The number of replicas follows the load.</summary>
    Autoscale,

    /// <summary>A new version takes the old one's place in the declared order.</summary>
    Update,

    /// <summary>A request and a hard limit of memory per replica.</summary>
    Memory,

    /// <summary>A request, and perhaps a limit, of processor time per replica.</summary>
    Cpu,

    /// <summary>A hard limit of processes and threads per replica.</summary>
    Pids,

    /// <summary>Jobs run to completion before those who wait for them start.</summary>
    PreviousSteps,

    /// <summary>Secrets reach only those who need them, as files.</summary>
    Secrets,

    /// <summary>Data outlives containers and deployments.</summary>
    Data,

    /// <summary>Files that come with the deployment.</summary>
    Files,

    /// <summary>Only those who refer to it can reach it.</summary>
    Network,

    /// <summary>A port that is reached from outside past the gateway.</summary>
    ExternalPort,

    /// <summary>User, capabilities and read-only root of its process.</summary>
    Isolation,

    /// <summary>The time it gets to stop.</summary>
    Stop,

    /// <summary>When an engine asks the registry for the image.</summary>
    Pull,
}
