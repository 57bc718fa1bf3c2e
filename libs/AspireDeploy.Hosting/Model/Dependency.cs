namespace AspireDeploy.Model;

/// <summary>Describes what must be so of another workload before this one starts.</summary>
/// <param name="On">The other workload's name.</param>
/// <param name="Condition">What must be so.</param>
internal sealed record Dependency(string On, DependencyCondition Condition)
{
    /// <summary>Gets the code a job must have ended with, for <see cref="DependencyCondition.Completed"/>. Defaults to 0.</summary>
    public int ExitCode { get; init; }

    /// <inheritdoc />
    public override string ToString() =>
        Condition switch
        {
            DependencyCondition.Started => $"{On} started",
            DependencyCondition.Healthy => $"{On} healthy",
            _ => ExitCode == 0 ? $"{On} completed" : $"{On} completed with {ExitCode}",
        };
}

/// <summary>Describes what a dependant waits for.</summary>
internal enum DependencyCondition
{
    /// <summary>Its process runs.</summary>
    Started,

    /// <summary>Its readiness probe succeeds.</summary>
    Healthy,

    /// <summary>It is a job and has ended with the code asked for.</summary>
    Completed,
}
