using AspireDeploy.Api.Items;
using AspireDeploy.ServiceDefaults;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace AspireDeploy.Api.Caching;

/// <summary>The cache's parts, as far as the settings ask for them.</summary>
internal static class RedisCaching
{
    /// <exception cref="SettingException">The connection string can't be read.</exception>
    internal static void Add(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<LocalItems>();
        if (RedisLink.Settings(builder.Configuration) is not { } options)
        {
            services.AddSingleton(provider => new ItemCache(
                provider.GetRequiredService<ItemStore>(),
                provider.GetRequiredService<LocalItems>()
            ));
            return;
        }
        services.AddSingleton(options);
        services.AddSingleton<RedisLink>();
        services.AddSingleton<RedisEntries>();
        services.AddSingleton<IDistributedCache>(provider => provider.GetRequiredService<RedisEntries>());
        services.AddSingleton<ItemChanges>();
        services.AddHostedService(provider => provider.GetRequiredService<ItemChanges>());
        services.AddHybridCache().AddSerializer<StoredItem, StoredItemSerializer>();
        services.AddSingleton(provider => new ItemCache(
            provider.GetRequiredService<ItemStore>(),
            provider.GetRequiredService<LocalItems>(),
            provider.GetRequiredService<HybridCache>(),
            provider.GetRequiredService<ItemChanges>()
        ));
        RedisTracing.Add(services);
    }
}
