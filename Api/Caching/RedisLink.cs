using System.Diagnostics;
using System.Net;
using AspireDeploy.ServiceDefaults;
using StackExchange.Redis;

namespace AspireDeploy.Api.Caching;

/// <summary>
/// The connection to Redis, which may be down at any time. Nothing that is asked of it throws or takes longer than it is given; once it
/// fails, nothing more is asked until <see cref="ItemChanges"/>, which asks in the background, finds it answering: no request pays for an
/// outage.
/// </summary>
internal sealed class RedisLink(ConfigurationOptions options, TimeProvider time, ILogger<RedisLink> logger) : IAsyncDisposable
{
    // How long a request waits for an answer: Redis is here to be faster than PostgreSQL.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    // How long the other replicas get, after an outage, to find Redis back and tell it what they changed meanwhile.
    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(3);

    private readonly string _host = options.EndPoints[0] switch
    {
        DnsEndPoint dns => dns.Host,
        IPEndPoint ip => ip.Address.ToString(),
        var other => other.ToString() ?? "",
    };
    private readonly int _port = options.EndPoints[0] switch
    {
        DnsEndPoint dns => dns.Port,
        IPEndPoint ip => ip.Port,
        _ => 0,
    };
    private ConnectionMultiplexer? _redis;
    private volatile bool _isUp;
    private volatile bool _wasDown;
    private long _tellingUntil;
    private bool _wasTold;

    /// <summary>Raised when the connection broke: what was published meanwhile may be missed.</summary>
    internal event Action? Broken;

    /// <summary>Whether Redis came back so lately that it may still hold what was changed while it was down.</summary>
    internal bool MayHoldOldEntries => time.GetTimestamp() < Volatile.Read(ref _tellingUntil);

    /// <summary>The connection string <c>ConnectionStrings:cache</c>, with limits that suit a cache; null when it isn't set.</summary>
    /// <exception cref="SettingException">It can't be read. The message never repeats it: it may hold a password.</exception>
    internal static ConfigurationOptions? Settings(IConfiguration configuration)
    {
        var given = configuration.GetConnectionString("cache");
        if (string.IsNullOrWhiteSpace(given))
            return null;
        try
        {
            var options = ConfigurationOptions.Parse(given);
            if (options.EndPoints.Count == 0)
                throw new ArgumentException("No host.");
            options.AbortOnConnectFail = false;
            options.IncludeDetailInExceptions = false;
            if (!given.Contains("connectTimeout", StringComparison.OrdinalIgnoreCase))
                options.ConnectTimeout = 1000;
            options.ConnectRetry = 1;
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ReconnectRetryPolicy = new LinearRetry(250);
            return options;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw new SettingException(
                "ConnectionStrings:cache can't be read as a Redis configuration; it takes the form host:6379,password=…."
            );
        }
    }

    /// <summary>Connects. Once it has connected, it does so again by itself after every loss.</summary>
    /// <returns>Whether it did.</returns>
    internal async Task<bool> ConnectAsync()
    {
        try
        {
            if (_redis is null)
            {
                var redis = await ConnectionMultiplexer.ConnectAsync(options);
                redis.ConnectionFailed += (_, _) =>
                {
                    _wasDown = true;
                    _isUp = false;
                    Broken?.Invoke();
                };
                _redis = redis;
            }
            await _redis.GetDatabase().PingAsync();
            return true;
        }
        catch (RedisException failed)
        {
            Fails(failed);
            return false;
        }
    }

    /// <summary>Hears what is published on a channel, also after the connection was lost and found again.</summary>
    /// <returns>Whether the subscription was made.</returns>
    internal async Task<bool> SubscribeAsync(RedisChannel channel, Action<RedisValue> hear)
    {
        if (_redis is not { } redis)
            return false;
        try
        {
            await redis.GetSubscriber().SubscribeAsync(channel, (_, message) => hear(message));
            return true;
        }
        catch (RedisException failed)
        {
            Fails(failed);
            return false;
        }
    }

    /// <summary>Publishes without waiting for an answer.</summary>
    internal void Tell(RedisChannel channel, RedisValue message) =>
        _redis?.GetDatabase().Publish(channel, message, CommandFlags.FireAndForget);

    /// <summary>Asks something for a request.</summary>
    /// <returns>Whether Redis answered, and what.</returns>
    internal ValueTask<(bool Answered, T? Answer)> AskAsync<TState, T>(
        string command,
        TState state,
        Func<IDatabase, TState, Task<T>> ask
    ) => _isUp ? TryAsync(command, state, Timeout, ask) : new((false, default));

    /// <summary>Asks something whether or not Redis was last seen up.</summary>
    /// <returns>Whether Redis answered, and what.</returns>
    internal async ValueTask<(bool Answered, T? Answer)> TryAsync<TState, T>(
        string command,
        TState state,
        TimeSpan timeout,
        Func<IDatabase, TState, Task<T>> ask
    )
    {
        if (_redis is not { } redis)
            return (false, default);
        using var span = RedisTracing.Begin(command, _host, _port);
        try
        {
            var answer = await ask(redis.GetDatabase(), state).WaitAsync(timeout, time);
            Answers();
            return (true, answer);
        }
        catch (Exception failed) when (failed is RedisException or TimeoutException or ObjectDisposedException)
        {
            span?.SetStatus(ActivityStatusCode.Error, failed.Message);
            Fails(failed);
            return (false, default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is { } redis)
            await redis.DisposeAsync();
    }

    private void Answers()
    {
        if (_isUp)
            return;
        if (_wasDown)
            Volatile.Write(ref _tellingUntil, time.GetTimestamp() + (long)(Telling.TotalSeconds * time.TimestampFrequency));
        _wasDown = false;
        _isUp = true;
        if (_wasTold)
            logger.LogInformation("Redis answers again.");
        _wasTold = false;
    }

    private void Fails(Exception failed)
    {
        _wasDown = true;
        _isUp = false;
        if (_wasTold)
            return;
        _wasTold = true;
        logger.LogWarning("Redis doesn't answer; serving from PostgreSQL alone until it does: {Reason}", failed.Message);
    }
}
