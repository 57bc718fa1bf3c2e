namespace Aspire.Hosting.Pipelines;

/// <summary>What a person is told of steps that failed.</summary>
internal static class StepFailure
{
    /// <summary>A mistake is told by its message; what nobody foresaw also by its kind, as its message may say little.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        DistributedApplicationException or IOException or UnauthorizedAccessException => exception.Message,
        AggregateException { InnerExceptions: [var single] } => Describe(single),
        _ => $"{exception.GetType().Name}: {exception.Message} ('--include-exception-details' shows where)",
    };

    /// <summary>The exception that ends a run with failed steps; null if there are none.</summary>
    public static DistributedApplicationException? Of(IReadOnlyList<StepOutcome> outcomes)
    {
        var failed = outcomes.Where(o => o.Failure is not null).ToList();
        return failed switch
        {
            [] => null,
            [var one] => new($"Step '{one.Step.Name}' failed: {Describe(one.Failure!)}", one.Failure!),
            _ => new($"{failed.Count} steps failed: {string.Join("; ", failed.Select(f => $"'{f.Step.Name}': {Describe(f.Failure!)}"))}", new AggregateException(failed.Select(f => f.Failure!))),
        };
    }
}
