using System.Diagnostics;

namespace AspireDeploy.Workload;

/// <summary>Waits on a condition.</summary>
public static class Until
{
    /// <summary>Asks until the answer is yes; a request that fails counts as no.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="limit">How long.</param>
    /// <param name="otherwise">What to say when it never came.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It never came.</exception>
    public static async Task TrueAsync(
        Func<Task<bool>> condition,
        TimeSpan limit,
        Func<string> otherwise,
        CancellationToken cancellationToken
    )
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (Exception absent) when (IsAbsence(absent, cancellationToken)) { }
            if (Stopwatch.GetElapsedTime(begun) > limit)
                throw new TimeoutException(otherwise());
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan, Func{string}, CancellationToken)"/>
    public static Task TrueAsync(Func<bool> condition, string otherwise, CancellationToken cancellationToken) =>
        TrueAsync(() => Task.FromResult(condition()), TimeSpan.FromMinutes(2), () => otherwise, cancellationToken);

    private static bool IsAbsence(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or IOException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
