using System.Text.Json.Serialization;
using AspireDeploy.Api.Caching;
using AspireDeploy.Api.Database;
using AspireDeploy.Api.Items;
using AspireDeploy.ServiceDefaults;

namespace AspireDeploy.Api;

/// <summary>The API, built from its settings.</summary>
internal static class ApiHost
{
    // Many times the longest item.
    private const int LargestBody = 64 * 1024;

    /// <exception cref="SettingException">A setting is missing or can't be used.</exception>
    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                Args = args,
                // Its settings file stands beside the program, wherever it is started from.
                ContentRootPath = AppContext.BaseDirectory,
            }
        );
        builder.AddServiceDefaults();
        builder
            .WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(server =>
            {
                server.AddServerHeader = false;
                server.Limits.MaxRequestBodySize = LargestBody;
            });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // Which of two values a reader takes is its own affair: another on the way may have judged by the other one.
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.PropertyNamingPolicy = ItemJson.Default.Options.PropertyNamingPolicy;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ItemJson.Default);
        });
        Problems.Add(builder.Services);
        builder.Services.AddValidation();
        Documentation.Add(builder.Services);
        builder.Services.AddSingleton<ItemStore>();
        CatalogDatabase.Add(builder);
        ItemCaching.Add(builder);

        var app = builder.Build();
        Problems.Use(app);
        app.MapDefaultEndpoints();
        app.MapItems();
        Documentation.Map(app);
        // From the start on, the cache hears of changes and of outages; connecting takes its time, and the server needn't wait for it.
        app.Lifetime.ApplicationStarted.Register(() => Task.Run(app.Services.GetRequiredService<ItemCache>));
        return app;
    }
}
