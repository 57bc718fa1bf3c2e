namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether what a wait asks for is there, and in what words to say so.</summary>
internal static class DependencyState
{
    /// <summary>Whether every instance of the dependency is as the wait asks.</summary>
    /// <exception cref="DistributedApplicationException">It can't be any more.</exception>
    public static bool IsMet(WaitAnnotation wait, WaitBehavior behavior, IReadOnlyList<string> instances, IReadOnlyList<ResourceEvent> known)
    {
        if (Failure(wait, behavior, known) is { } reason)
        {
            throw new DistributedApplicationException(reason);
        }

        return instances.All(id => known.FirstOrDefault(state => state.ResourceId == id) is { } state && IsMet(wait, state.Snapshot));
    }

    /// <summary>Why the dependency can't be as the wait asks any more; null while it can.</summary>
    public static string? Failure(WaitAnnotation wait, WaitBehavior behavior, IReadOnlyList<ResourceEvent> known) =>
        known.Select(state => Failure(wait, behavior, state)).FirstOrDefault(failure => failure is not null);

    /// <summary>Such as <c>migrator to finish</c>.</summary>
    public static string Describe(WaitAnnotation wait) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => $"{wait.Resource.Name} to finish",
        WaitType.WaitUntilStarted => $"{wait.Resource.Name} to start",
        _ => $"{wait.Resource.Name} to be healthy",
    };

    /// <summary>Such as <c>postgres-abcdefgh is Finished with exit code 1</c>.</summary>
    public static string Describe(string instance, CustomResourceSnapshot snapshot) =>
        $"{instance} is {snapshot.State?.Text}{(snapshot.ExitCode is { } code ? $" with exit code {code}" : "")}";

    public static bool IsHealthy(CustomResourceSnapshot snapshot) =>
        snapshot is { HealthStatus: Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, Ready.IsCompletedSuccessfully: true };

    public static bool IsTerminal(CustomResourceSnapshot snapshot) => snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    private static bool IsMet(WaitAnnotation wait, CustomResourceSnapshot snapshot) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => HasEnded(snapshot),
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running || HasEnded(snapshot),
        _ => IsHealthy(snapshot),
    };

    private static string? Failure(WaitAnnotation wait, WaitBehavior behavior, ResourceEvent state)
    {
        var name = wait.Resource.Name;
        var snapshot = state.Snapshot;
        var isFinal = wait.WaitType == WaitType.WaitForCompletion || behavior == WaitBehavior.StopOnResourceUnavailable;
        if (snapshot.State?.Text == KnownResourceStates.FailedToStart && isFinal)
        {
            var reason = snapshot.Properties.FirstOrDefault(p => p.Name == KnownResourceProperties.Reason)?.Value as string;
            return $"{name} could not be started{(reason is null ? "" : $": {reason}")}";
        }

        if (wait.WaitType == WaitType.WaitForCompletion && HasEnded(snapshot))
        {
            // What ran to its end without a process has no exit code, and has done what it is for.
            return snapshot switch
            {
                { ExitCode: { } code } => code == wait.ExitCode ? null : $"{name} exited with code {code}, expected {wait.ExitCode}",
                _ => snapshot.State?.Text == KnownResourceStates.Finished ? null : $"{name} ended without an exit code, expected {wait.ExitCode}",
            };
        }

        if (wait.WaitType == WaitType.WaitUntilHealthy && snapshot.Ready is { IsFaulted: true, Exception: var exception })
        {
            return $"what was to be done once {name} is ready has failed: {exception?.InnerException?.Message}";
        }

        return wait.WaitType == WaitType.WaitUntilHealthy && behavior == WaitBehavior.StopOnResourceUnavailable && HasEnded(snapshot)
            ? Describe(state.ResourceId, snapshot)
            : null;
    }

    // A resource that never came up is as terminal as one that has ended, but nothing of it has happened.
    private static bool HasEnded(CustomResourceSnapshot snapshot) => IsTerminal(snapshot) && snapshot.State?.Text != KnownResourceStates.FailedToStart;
}
