using System.Net.Sockets;
using Npgsql;
using Polly;
using Polly.CircuitBreaker;

namespace AspireDeploy.Api.Database;

/// <summary>
/// Breaks the circuit while PostgreSQL is out: a database that doesn't answer mustn't make every request wait for its time limit. A request
/// that fails while others succeed fails alone.
/// </summary>
internal sealed class DatabaseOutage
{
    /// <summary>How long nothing is tried once the circuit is broken, and what a client is told to wait.</summary>
    internal static readonly TimeSpan Break = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger;
    private bool _isTold;

    public DatabaseOutage(TimeProvider time, ILogger<DatabaseOutage> logger)
    {
        _logger = logger;
        Once = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(
                new()
                {
                    ShouldHandle = static attempt => new(attempt.Outcome.Exception is { } failed && IsOutage(failed)),
                    MinimumThroughput = 2,
                    FailureRatio = 0.5,
                    // Longer than one request can wait for a server that doesn't answer.
                    SamplingDuration = TimeSpan.FromSeconds(10),
                    BreakDuration = Break,
                    OnOpened = opened => Tell(opened.Outcome.Exception),
                    OnClosed = _ => Tell(null),
                }
            )
            .Build();
        Repeatable = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddPipeline(Once)
            // After a restart of the database, the first to use a pooled connection finds it dead.
            .AddRetry(
                new()
                {
                    ShouldHandle = static attempt => new(attempt.Outcome.Exception is { } failed && IsOutage(failed) && !TimedOut(failed)),
                    MaxRetryAttempts = 1,
                    Delay = TimeSpan.Zero,
                }
            )
            .Build();
    }

    /// <summary>Gets the pipeline for what must not be done twice.</summary>
    internal ResiliencePipeline Once { get; }

    /// <summary>Gets the pipeline for what may be done twice.</summary>
    internal ResiliencePipeline Repeatable { get; }

    /// <summary>Determines whether a failure says that the database is out, rather than that it refused what was asked.</summary>
    internal static bool IsOutage(Exception failed) =>
        failed switch
        {
            BrokenCircuitException => true,
            // The client went away, or sent something that can't be read.
            OperationCanceledException or BadHttpRequestException => false,
            // Classes of PostgreSQL's error codes: connection, authorization, no such database, resources, and a server that ran out of the
            // time it was given, shuts down or starts up.
            PostgresException refused => refused.SqlState[..2] is "08" or "28" or "3D" or "53" or "57",
            NpgsqlException or SocketException or TimeoutException or IOException => true,
            _ => failed.InnerException is { } inner && IsOutage(inner),
        };

    private static bool TimedOut(Exception failed) => failed.GetBaseException() is TimeoutException;

    private ValueTask Tell(Exception? failed)
    {
        if (failed is null)
            _logger.LogInformation("PostgreSQL answers again.");
        else if (!_isTold)
            _logger.LogWarning(
                "PostgreSQL can't be reached; requests are answered with 503 until it can: {Reason}",
                failed.GetBaseException().Message
            );
        _isTold = failed is not null;
        return default;
    }
}
