using System.Net.Sockets;
using Npgsql;

namespace AspireDeploy.Api.Database;

/// <summary>
/// Knows whether PostgreSQL is out. While it is, requests are refused at once, and only one a second tries: a database that doesn't answer
/// mustn't make every request wait for its time limit. One that fails while others succeed fails alone: it waited too long for a
/// connection, or got one that was being closed.
/// </summary>
internal sealed class DatabaseOutage(TimeProvider time, ILogger<DatabaseOutage> logger)
{
    /// <summary>How long after a failure nothing is tried, and what a client is told to wait.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    // 0 while there is no outage, else when the next attempt may be made.
    private long _nextAttempt;
    private long _lastAnswer = long.MinValue;

    /// <summary>Runs something against the database.</summary>
    /// <param name="operation">What to run.</param>
    /// <param name="repeatable">
    /// Whether it may be run a second time: after a restart of the database, the first to use a pooled connection finds it dead.
    /// </param>
    /// <exception cref="DatabaseUnavailableException">The database is out.</exception>
    internal async Task<T> WatchAsync<T>(Func<Task<T>> operation, bool repeatable = false)
    {
        if (!MayTry())
            throw new DatabaseUnavailableException();
        for (var again = repeatable; ; again = false)
        {
            var began = time.GetTimestamp();
            try
            {
                var result = await operation();
                Answered();
                return result;
            }
            catch (Exception failed) when (IsOutage(failed))
            {
                if (again && !TimedOut(failed))
                    continue;
                if (began > Volatile.Read(ref _lastAnswer))
                    Began(failed);
                throw new DatabaseUnavailableException(failed);
            }
        }
    }

    /// <summary>The database answered.</summary>
    internal void Answered()
    {
        Volatile.Write(ref _lastAnswer, time.GetTimestamp());
        if (Volatile.Read(ref _nextAttempt) != 0 && Interlocked.Exchange(ref _nextAttempt, 0) != 0)
            logger.LogInformation("PostgreSQL answers again.");
    }

    private void Began(Exception failed)
    {
        if (Interlocked.Exchange(ref _nextAttempt, Later()) == 0)
        {
            logger.LogWarning("PostgreSQL can't be reached; requests are answered with 503 until it can: {Reason}", Root(failed).Message);
        }
    }

    private bool MayTry()
    {
        var next = Volatile.Read(ref _nextAttempt);
        return next == 0 || (time.GetTimestamp() >= next && Interlocked.CompareExchange(ref _nextAttempt, Later(), next) == next);
    }

    private long Later() => time.GetTimestamp() + (long)(Rest.TotalSeconds * time.TimestampFrequency);

    /// <summary>Whether a failure says that the database is out, rather than that it refused what was asked.</summary>
    internal static bool IsOutage(Exception failed)
    {
        for (var reason = failed; reason is not null; reason = reason.InnerException)
        {
            switch (reason)
            {
                // The client went away.
                case OperationCanceledException:
                    return false;
                case PostgresException refused:
                    return IsOutage(refused.SqlState);
                case NpgsqlException or SocketException or TimeoutException or IOException:
                    return true;
            }
        }
        return false;
    }

    // Classes of PostgreSQL's error codes (manual, Appendix A): connection, authorization, no such database, resources, and a server that
    // ran out of the time it was given, shuts down or starts up.
    private static bool IsOutage(string state) => state[..2] is "08" or "28" or "3D" or "53" or "57";

    private static bool TimedOut(Exception failed) => Root(failed) is TimeoutException;

    private static Exception Root(Exception failed) => failed.InnerException is { } inner ? Root(inner) : failed;
}
