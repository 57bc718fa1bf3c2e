namespace AspireDeploy.Model;

/// <summary>
/// A question an engine asks a running container again and again. Every number is explicit: no engine's own default gets a say.
/// </summary>
/// <param name="Action">What is asked.</param>
internal sealed record Probe(ProbeAction Action)
{
    /// <summary>
    /// Gets the HTTP request that was declared beside a command: gateways, and every engine that asks over the network, ask it in place of
    /// <see cref="Action"/>. Defaults to null.
    /// </summary>
    public HttpProbe? Http { get; init; }

    /// <summary>Returns the HTTP request that can be asked for this probe; null if there is none.</summary>
    public HttpProbe? FindHttp() => Http ?? Action as HttpProbe;

    /// <summary>Returns the probe for an engine that asks over the network.</summary>
    public Probe ByHttp() => Http is { } http ? this with { Action = http } : this;

    /// <summary>Gets how long after the start it is asked first. Defaults to 0 s.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Gets how often it is asked. Defaults to 10 s.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long an answer may take. Defaults to 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how many failures in a row count. Defaults to 3.</summary>
    public int FailureThreshold { get; init; } = 3;

    /// <summary>Gets how many successes in a row count; more than one only for readiness. Defaults to 1.</summary>
    public int SuccessThreshold { get; init; } = 1;
}

/// <summary>Describes what a probe asks: <see cref="HttpProbe"/>, <see cref="TcpProbe"/> or <see cref="ExecProbe"/>.</summary>
internal abstract record ProbeAction;

/// <summary>An HTTP GET, answered with 200 to 399 when well.</summary>
/// <param name="Port">The name of one of the workload's ports.</param>
/// <param name="Path">Path and query, beginning with <c>/</c>.</param>
internal sealed record HttpProbe(string Port, string Path) : ProbeAction
{
    /// <inheritdoc />
    public override string ToString() => $"GET {Path} ({Port})";
}

/// <summary>Describes whether a connection can be opened.</summary>
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
    /// <summary>Gets no probes.</summary>
    public static Probes None { get; } = new();

    /// <summary>Until it succeeds, the others aren't asked; failing for its whole threshold ends the container.</summary>
    public Probe? Startup { get; init; }

    /// <summary>Gets the probe that tells when the replica may be sent requests, and those who wait for its health may start.</summary>
    public Probe? Readiness { get; init; }

    /// <summary>Failing for its whole threshold restarts the container.</summary>
    public Probe? Liveness { get; init; }

    /// <summary>Returns the probes for an engine that asks over the network.</summary>
    public Probes ByHttp() =>
        new()
        {
            Startup = Startup?.ByHttp(),
            Readiness = Readiness?.ByHttp(),
            Liveness = Liveness?.ByHttp(),
        };
}
