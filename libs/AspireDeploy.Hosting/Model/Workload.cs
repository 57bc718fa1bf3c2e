namespace AspireDeploy.Model;

/// <summary>
/// Something that runs in containers: a service, or a job that runs to completion. Everything a target needs is here, defaults included.
/// Lists have a fixed order: variables, ports, mounts and files by name or path, dependencies by name, arguments as declared.
/// </summary>
internal sealed record Workload
{
    /// <summary>Gets the resource's name in the declaration; unique in the plan without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its kind: a service, which runs on, or a job, which runs to completion. Defaults to a service.</summary>
    public WorkloadKind Kind { get; init; } = WorkloadKind.Service;

    /// <summary>Gets its image.</summary>
    public required ImageSource Image { get; init; }

    /// <summary>Gets when an engine pulls the image. Defaults to null, as the target does by itself.</summary>
    public PullPolicy? PullPolicy { get; init; }

    /// <summary>Gets what replaces the image's entry point; empty: the image's own.</summary>
    public EquatableArray<string> Entrypoint { get; init; }

    /// <summary>
    /// Gets what replaces the image's arguments; empty: the image's own. None of them may hold a secret: process lists show them.
    /// </summary>
    public EquatableArray<Template> Arguments { get; init; }

    /// <summary>Environment variables, by name in ordinal order.</summary>
    public EquatableArray<EnvironmentVariable> Environment { get; init; }

    /// <summary>
    /// Files that hold secrets, besides those the environment calls for (<see cref="Secrets.FilesOf"/> gives both), by path.
    /// </summary>
    public EquatableArray<SecretFile> SecretFiles { get; init; }

    /// <summary>Files that come with the deployment, by path.</summary>
    public EquatableArray<ContentFile> Files { get; init; }

    /// <summary>Ports, by name.</summary>
    public EquatableArray<Port> Ports { get; init; }

    /// <summary>Probes.</summary>
    public Probes Probes { get; init; } = Probes.None;

    /// <summary>
    /// Gets the command by which the program asks itself for the health that a path (added as the last argument) tells, where it has one:
    /// <c>dotnet Api.dll healthcheck</c>. Targets that check health by commands alone run it in place of an <see cref="HttpProbe"/>. Empty:
    /// it has none.
    /// </summary>
    public EquatableArray<string> HealthCommand { get; init; }

    /// <summary>Gets what it waits for, by name.</summary>
    public EquatableArray<Dependency> Dependencies { get; init; }

    /// <summary>Volumes, by path.</summary>
    public EquatableArray<VolumeMount> Mounts { get; init; }

    /// <summary>
    /// Gets the databases that are declared of it, by name, where it is a database server; its container makes them by one of
    /// <see cref="Files"/>.
    /// </summary>
    public EquatableArray<string> Databases { get; init; }

    /// <summary>Gets how many replicas run; a job has one.</summary>
    public Scale Scale { get; init; } = Scale.One;

    /// <summary>Gets a replica's memory; null: not declared, and the report says so.</summary>
    public Memory? Memory { get; init; }

    /// <summary>
    /// Gets the least memory that its image is known to need, for a target that limits what isn't declared; null: it isn't known.
    /// </summary>
    public Size? LeastMemory => Image is ImageReference image ? WellKnownImages.Find(image)?.LeastMemory : null;

    /// <summary>Gets a replica's share of processors; null: not declared.</summary>
    public Cpu? Cpu { get; init; }

    /// <summary>Gets how many processes and threads a replica may have. Defaults to null, as many as the target lets it.</summary>
    public int? PidLimit { get; init; }

    /// <summary>Gets what happens when its process ends.</summary>
    public required RestartPolicy Restart { get; init; }

    /// <summary>Gets how long its process gets between being asked to stop and being killed. Defaults to 30 s.</summary>
    public TimeSpan StopGracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how a new version takes the old one's place.</summary>
    public UpdateOrder Update { get; init; } = UpdateOrder.StartFirst;

    /// <summary>
    /// Gets how long a service may take to become ready for the first time before its start counts as failed; a startup probe's own time
    /// wins. Defaults to 5 min.
    /// </summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how long a job may run before it counts as failed. Defaults to 10 min. Services have none.</summary>
    public TimeSpan JobTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets what its process may do.</summary>
    public Isolation Isolation { get; init; } = Isolation.ImageOwn;

    /// <summary>
    /// Gets a value that indicates whether its process may open connections to outside the deployment. Defaults to true; a known database
    /// has no need to.
    /// </summary>
    public bool Outbound { get; init; } = true;

    /// <summary>Gets what of its declaration no target carries as it was declared.</summary>
    public EquatableArray<Shortfall> Shortfalls { get; init; }

    /// <summary>Gets how long it may take to become ready: its startup probe's time, or <see cref="StartTimeout"/>.</summary>
    public TimeSpan ReadyTimeout =>
        Probes.Startup is { } startup ? startup.InitialDelay + (startup.Period * startup.FailureThreshold) : StartTimeout;

    /// <summary>Gets its name as a DNS label, in lower case.</summary>
    public string Label => Name.ToLowerInvariant();

    /// <summary>Gets a value that indicates whether it runs to completion.</summary>
    public bool IsJob => Kind == WorkloadKind.Job;

    /// <summary>Gets a value that indicates whether it writes data that outlives it.</summary>
    public bool IsStateful => Mounts.Any(static mount => !mount.ReadOnly);

    /// <summary>Returns the port named <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">It has none; <see cref="PlanValidation"/> reports that beforehand.</exception>
    public Port PortNamed(string name) =>
        Ports.FirstOrDefault(port => port.Name == name) ?? throw new KeyNotFoundException($"{Name} has no port named \"{name}\".");
}

/// <summary>Describes whether a workload runs on or ends.</summary>
internal enum WorkloadKind
{
    /// <summary>Runs until it is stopped.</summary>
    Service,

    /// <summary>Runs once per deployment, to completion, before those who wait for it.</summary>
    Job,
}

/// <summary>Describes when an image is pulled.</summary>
internal enum PullPolicy
{
    /// <summary>Before every start.</summary>
    Always,

    /// <summary>Where it isn't there yet.</summary>
    Missing,

    /// <summary>Not at all: it has to be there.</summary>
    Never,
}

/// <summary>In which order a new version takes the old one's place.</summary>
internal enum UpdateOrder
{
    /// <summary>A new replica is ready before an old one is told to stop: nothing is lost.</summary>
    StartFirst,

    /// <summary>The old replica is gone before the new one starts: what data that one process owns needs.</summary>
    StopFirst,
}
