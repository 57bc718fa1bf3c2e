using AspireDeploy.Model;

namespace AspireDeploy.Local.Restarts;

/// <summary>Describes what to do about a process that has ended by itself.</summary>
/// <param name="Attempt">Which restart in a row it would be, from 1.</param>
/// <param name="IsWanted">Whether the policy asks for a restart.</param>
/// <param name="IsGivenUp">Whether it would, but for the bound on attempts.</param>
internal readonly record struct RestartDecision(int Attempt, bool IsWanted, bool IsGivenUp)
{
    /// <summary>Decides.</summary>
    /// <param name="policy">The declared policy.</param>
    /// <param name="backOff">The policy's times.</param>
    /// <param name="exitCode">What it ended with; null if that isn't known, which counts as a failure.</param>
    /// <param name="ran">How long it ran.</param>
    /// <param name="restarts">How many restarts in a row there have been.</param>
    internal static RestartDecision Make(RestartPolicy policy, RestartBackOff backOff, int? exitCode, TimeSpan ran, int restarts)
    {
        var attempt = ran >= backOff.ResetAfter ? 1 : restarts + 1;
        var asks = policy.Mode == RestartMode.Always || (policy.Mode == RestartMode.OnFailure && exitCode != 0);
        var isGivenUp = asks && attempt > policy.MaxAttempts;
        return new(attempt, asks && !isGivenUp, isGivenUp);
    }
}
