namespace AspireDeploy.Model;

/// <summary>Describes what happens when a workload's process ends.</summary>
/// <param name="Mode">When it is started again.</param>
/// <param name="MaxAttempts">How many times in a row before it is given up; null means without end. Only with
/// <see cref="RestartMode.OnFailure"/>.</param>
/// <param name="BackOff">How the wait between attempts grows, where it was declared; null leaves the engine's own back-off, which the
/// report names.</param>
internal sealed record RestartPolicy(RestartMode Mode, int? MaxAttempts = null, BackOff? BackOff = null)
{
    /// <summary>
    /// Gets how long a process must have run for its next end to count as the first, where it was declared; null leaves the engine's own,
    /// which the report names.
    /// </summary>
    public TimeSpan? ResetAfter { get; init; }

    /// <summary>Gets a service's, unless declared: always.</summary>
    public static RestartPolicy Always { get; } = new(RestartMode.Always);

    /// <summary>Gets a job's, unless declared: never; its failure stops the deployment.</summary>
    public static RestartPolicy Never { get; } = new(RestartMode.Never);

    /// <inheritdoc />
    public override string ToString() =>
        (Mode, MaxAttempts) switch
        {
            (RestartMode.Never, _) => "never",
            (RestartMode.Always, _) => "always",
            (_, null) => "on failure",
            (_, var attempts) => $"on failure, at most {attempts} times",
        };
}

/// <summary>
/// Describes how the wait before the next attempt grows: <paramref name="Initial"/>, doubled each time, up to <paramref name="Maximum"/>.
/// </summary>
/// <param name="Initial">The first wait.</param>
/// <param name="Maximum">The longest wait.</param>
internal sealed record BackOff(TimeSpan Initial, TimeSpan Maximum)
{
    /// <inheritdoc />
    public override string ToString() => $"{Durations.Print(Initial)} doubling to {Durations.Print(Maximum)}";
}
