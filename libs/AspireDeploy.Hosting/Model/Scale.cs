namespace AspireDeploy.Model;

/// <summary>Describes how many replicas run.</summary>
/// <param name="Minimum">At least this many; the number itself where it is fixed.</param>
/// <param name="Maximum">At most this many.</param>
internal sealed record Scale(int Minimum, int Maximum)
{
    /// <summary>Gets one replica.</summary>
    public static Scale One { get; } = new(1, 1);

    /// <summary>Returns a fixed number.</summary>
    public static Scale Fixed(int replicas) => new(replicas, replicas);

    /// <summary>Average CPU use, in percent of what was requested, above which replicas are added; null: not a measure.</summary>
    public int? CpuPercent { get; init; }

    /// <summary>Concurrent HTTP requests a replica should serve, above which replicas are added; null: not a measure.</summary>
    public int? ConcurrentRequests { get; init; }

    /// <summary>Gets a value that indicates whether the number follows the load.</summary>
    public bool IsAutomatic => Minimum != Maximum;

    /// <inheritdoc />
    public override string ToString() =>
        IsAutomatic
            ? $"{Minimum} to {Maximum}"
                + (CpuPercent is { } cpu ? $", {cpu} % CPU" : "")
                + (ConcurrentRequests is { } requests ? $", {requests} requests each" : "")
            : $"{Minimum}";
}
