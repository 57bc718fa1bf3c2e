using AspireDeploy.ServiceDefaults;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using StackExchange.Redis;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.Backplane.StackExchangeRedis;
using ZiggyCreatures.Caching.Fusion.Serialization.SystemTextJson;

namespace AspireDeploy.Api.Caching;

/// <summary>
/// Adds the cache of items: this replica's memory, Redis, and the backplane by which replicas tell each other of changes.
/// </summary>
internal static class ItemCaching
{
    private const string Name = "cache";
    private const string Prefix = "catalog:";

    // How long a request waits for Redis, which is here to be faster than PostgreSQL.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <exception cref="SettingException">The connection string can't be read.</exception>
    internal static void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ItemCache>();
        // Without Redis, there is no way to tell other replicas of a change: nothing is cached at all.
        if (builder.Configuration.GetConnectionString(Name) is not { } given || string.IsNullOrWhiteSpace(given))
            return;
        Check(given);
        AddRedis(builder);
        builder.Services.AddSingleton<RedisAvailability>();
        builder
            .Services.AddFusionCache()
            .WithOptions(options =>
            {
                options.DisableTagging = true;
                // Marks a change before the message's sender goes on.
                options.EnableSyncEventHandlersExecution = true;
                options.AutoRecoveryDelay = RedisAvailability.Recovery / 3;
                options.DistributedCacheCircuitBreakerDuration = TimeSpan.FromSeconds(2);
            })
            .WithDefaultEntryOptions(entry =>
            {
                // What bounds staleness where a replica misses a message in spite of everything.
                entry.Duration = TimeSpan.FromSeconds(2);
                entry.DistributedCacheDuration = TimeSpan.FromMinutes(1);
                // While PostgreSQL is out, what was cached is answered longer.
                entry.IsFailSafeEnabled = true;
                entry.FailSafeMaxDuration = TimeSpan.FromMinutes(10);
                entry.DistributedCacheHardTimeout = Patience;
                // A change waits until it is told; a mere reading has nothing to tell.
                entry.AllowBackgroundBackplaneOperations = false;
            })
            .WithSerializer(new FusionCacheSystemTextJsonSerializer())
            .WithDistributedCache(services => new RedisCache(
                new RedisCacheOptions
                {
                    InstanceName = Prefix,
                    ConnectionMultiplexerFactory = () => Task.FromResult(services.GetRequiredService<IConnectionMultiplexer>()),
                }
            ))
            .WithBackplane(services => new RedisBackplane(
                new RedisBackplaneOptions
                {
                    ConnectionMultiplexerFactory = () => Task.FromResult(services.GetRequiredService<IConnectionMultiplexer>()),
                }
            ));
    }

    private static void AddRedis(IHostApplicationBuilder builder) =>
        builder.AddRedisClient(
            Name,
            settings =>
            {
                // Without Redis, the API is slower, and still ready.
                settings.DisableHealthChecks = true;
                // Nothing is collected where nothing is exported.
                settings.DisableAutoActivation = true;
                settings.DisableTracing = string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
            },
            options =>
            {
                options.AbortOnConnectFail = false;
                options.IncludeDetailInExceptions = false;
                options.ConnectTimeout = 1000;
                options.ConnectRetry = 1;
                options.AsyncTimeout = (int)Patience.TotalMilliseconds;
                options.BacklogPolicy = BacklogPolicy.FailFast;
                options.ReconnectRetryPolicy = new LinearRetry(250);
            }
        );

    private static void Check(string given)
    {
        try
        {
            if (ConfigurationOptions.Parse(given).EndPoints.Count > 0)
                return;
        }
        catch (ArgumentException)
        {
            // Said below, without repeating it: it may hold a password.
        }
        throw new SettingException(
            $"ConnectionStrings:{Name} can't be read as a Redis configuration; it takes the form host:6379,password=…."
        );
    }
}
