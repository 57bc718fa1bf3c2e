using StackExchange.Redis;

namespace AspireDeploy.Api.Caching;

/// <summary>
/// Knows whether the cache may be used. Without Redis, replicas don't hear of each other's changes, and when it comes back it may hold what
/// was changed meanwhile, until the replicas have told.
/// </summary>
internal sealed class RedisAvailability
{
    /// <summary>How long the replicas get to tell what they changed during an outage.</summary>
    internal static readonly TimeSpan Recovery = TimeSpan.FromSeconds(3);

    private readonly IConnectionMultiplexer _redis;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _unusableUntil;
    private int _isTold;

    public RedisAvailability(IConnectionMultiplexer redis, TimeProvider time, ILogger<RedisAvailability> logger)
    {
        (_redis, _time, _logger) = (redis, time, logger);
        redis.ConnectionFailed += (_, failed) => IsLost(failed.Exception?.Message ?? failed.FailureType.ToString());
        redis.ConnectionRestored += (_, _) => IsBack();
        if (!redis.IsConnected)
            IsLost("no connection yet");
    }

    internal bool IsUsable => _redis.IsConnected && _time.GetTimestamp() >= Volatile.Read(ref _unusableUntil);

    private void IsLost(string reason)
    {
        Volatile.Write(ref _unusableUntil, long.MaxValue);
        if (Interlocked.Exchange(ref _isTold, 1) == 0)
            _logger.LogWarning("Redis doesn't answer; serving from PostgreSQL alone until it does: {Reason}", reason);
    }

    // Told for each of the two connections: that for messages, and that for everything else.
    private void IsBack()
    {
        if (!_redis.IsConnected)
            return;
        Volatile.Write(ref _unusableUntil, _time.GetTimestamp() + (long)(Recovery.TotalSeconds * _time.TimestampFrequency));
        if (Interlocked.Exchange(ref _isTold, 0) == 1)
            _logger.LogInformation("Redis answers again.");
    }
}
