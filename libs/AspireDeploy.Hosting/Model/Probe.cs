namespace AspireDeploy.Model;

/// <summary>
/// A question an engine asks a running container again and again. Every number is explicit: no engine's own default gets a say.
/// </summary>
/// <param name="Action">What is asked.</param>
internal sealed record Probe(ProbeAction Action)
{
    /// <summary>How long after the start it is asked first. 0 s unless said.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.Zero;

    /// <summary>How often it is asked. 10 s unless said.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take. 5 s unless said.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many failures in a row count. 3 unless said.</summary>
    public int FailureThreshold { get; init; } = 3;

    /// <summary>How many successes in a row count. 1 unless said; more only for readiness.</summary>
    public int SuccessThreshold { get; init; } = 1;
}

/// <summary>What a probe asks: <see cref="HttpProbe"/>, <see cref="TcpProbe"/> or <see cref="ExecProbe"/>.</summary>
internal abstract record ProbeAction;

/// <summary>An HTTP GET, answered with 200 to 399 when well.</summary>
/// <param name="Port">The name of one of the workload's ports.</param>
/// <param name="Path">Path and query, beginning with <c>/</c>.</param>
internal sealed record HttpProbe(string Port, string Path) : ProbeAction
{
    /// <inheritdoc />
    public override string ToString() => $"GET {Path} ({Port})";
}

/// <summary>Whether a connection can be opened.</summary>
/// <param name="Port">The name of one of the workload's ports.</param>
internal sealed record TcpProbe(string Port) : ProbeAction
{
    /// <inheritdoc />
    public override string ToString() => $"connect to {Port}";
}

/// <summary>A command inside the container that ends with 0 when well.</summary>
/// <param name="Command">Program and arguments; no shell unless it is named.</param>
internal sealed record ExecProbe(EquatableArray<string> Command) : ProbeAction
{
    /// <inheritdoc />
    public override string ToString() => string.Join(' ', Command);
}

/// <summary>A workload's probes.</summary>
internal sealed record Probes
{
    /// <summary>No probes.</summary>
    public static Probes None { get; } = new();

    /// <summary>Until it succeeds, the others aren't asked; failing for its whole threshold ends the container.</summary>
    public Probe? Startup { get; init; }

    /// <summary>Whether the replica may be sent requests, and whether those who wait for the workload's health may start.</summary>
    public Probe? Readiness { get; init; }

    /// <summary>Failing for its whole threshold restarts the container.</summary>
    public Probe? Liveness { get; init; }
}
