using AspireDeploy.Plan;

namespace AspireDeploy.Local.Restarts;

/// <summary>How long to wait before a restart: twice as long each time, up to a limit, and a fifth more or less by chance, so that replicas that fell together don't come back together.</summary>
/// <param name="First">The wait before the first restart. 0.25 s unless declared.</param>
/// <param name="Longest">The longest wait. 30 s unless declared.</param>
/// <param name="HealthyStretch">How long a run must last for its end to count as the first again. 5 s unless declared: by then a program that serves has started, and replicas that are killed in turn are no crash loop.</param>
internal sealed record RestartBackOff(TimeSpan First, TimeSpan Longest, TimeSpan HealthyStretch)
{
    private const double Jitter = 0.2;

    internal static RestartBackOff Of(RestartPolicy policy) => new(
        policy.BackOff?.Initial ?? TimeSpan.FromSeconds(0.25),
        policy.BackOff?.Maximum ?? TimeSpan.FromSeconds(30),
        policy.HealthyStretch ?? TimeSpan.FromSeconds(5));

    /// <summary>The wait before a restart.</summary>
    /// <param name="attempt">Which one in a row, from 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    internal TimeSpan Wait(int attempt, double chance)
    {
        var doubled = First * Math.Pow(2, Math.Min(attempt - 1, 30));
        var wait = doubled * (1 - Jitter + (2 * Jitter * chance));
        return wait < Longest ? wait : Longest;
    }
}
