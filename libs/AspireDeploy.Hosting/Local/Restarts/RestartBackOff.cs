using AspireDeploy.Model;

namespace AspireDeploy.Local.Restarts;

/// <summary>
/// Describes how long to wait before a restart: longer each time, up to a limit, and a fifth more or less by chance, so that replicas that
/// fell together don't come back together.
/// </summary>
/// <param name="First">The wait before the first restart. 0.25 s unless declared.</param>
/// <param name="Longest">The longest wait. 30 s unless declared.</param>
/// <param name="ResetAfter">How long a run must last for its end to count as the first again. 5 s unless declared: by then a program that
/// serves has started, and replicas that are killed in turn are no crash loop.</param>
/// <param name="Growth">How many times as long each wait is as the one before. 2 where times are declared, as that is what is declared;
/// else 5: every try costs the engine some 0.14 s of processor time, and three of them in the first half minute are under 2 % of a
/// core.</param>
internal sealed record RestartBackOff(TimeSpan First, TimeSpan Longest, TimeSpan ResetAfter, double Growth)
{
    private const double Jitter = 0.2;

    internal static RestartBackOff For(RestartPolicy policy) =>
        new(
            policy.BackOff?.Initial ?? TimeSpan.FromSeconds(0.25),
            policy.BackOff?.Maximum ?? TimeSpan.FromSeconds(30),
            policy.ResetAfter ?? TimeSpan.FromSeconds(5),
            policy.BackOff is null ? 5 : 2
        );

    /// <summary>Returns the wait before a restart.</summary>
    /// <param name="attempt">Which one in a row, from 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    internal TimeSpan Wait(int attempt, double chance)
    {
        var grown = First.TotalSeconds * Math.Pow(Growth, attempt - 1) * (1 - Jitter + (2 * Jitter * chance));
        return grown < Longest.TotalSeconds ? TimeSpan.FromSeconds(grown) : Longest;
    }
}
