using AspireDeploy.ServiceDefaults.Health;
using AspireDeploy.ServiceDefaults.Replicas;
using AspireDeploy.ServiceDefaults.Secrets;
using AspireDeploy.ServiceDefaults.Shutdown;
using AspireDeploy.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AspireDeploy.ServiceDefaults;

/// <summary>Adds what every process of the solution shares, under the names that Aspire's template uses.</summary>
public static class Extensions
{
    /// <summary>
    /// Adds secrets from files, OpenTelemetry, health checks, service discovery and standard resilience for every <see cref="HttpClient"/>,
    /// and a limit on how long a stop may take. A web application also gets the headers <c>X-Replica</c> and
    /// <c>X-Content-Type-Options</c> on every response, and goes on accepting requests for a while when it is told to stop.
    /// </summary>
    /// <example>
    /// <code>
    /// var builder = WebApplication.CreateBuilder(args);
    /// builder.AddServiceDefaults();
    /// var app = builder.Build();
    /// app.MapDefaultEndpoints();
    /// </code>
    /// </example>
    /// <exception cref="SettingException">One of these settings has a value that can't be used.</exception>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // Startup filters wrap each other in the order of registration: the headers stand on all responses.
        if (builder is WebApplicationBuilder)
            builder.Services.AddTransient<IStartupFilter, ResponseHeaders>();
        return AddDefaults(builder);
    }

    /// <summary>Maps <c>/health</c> (readiness) and <c>/alive</c> (liveness) in every environment.</summary>
    /// <example>
    /// <code>
    /// app.MapDefaultEndpoints();
    /// </code>
    /// </example>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        HealthEndpoints.Map(app);
        return app;
    }

    /// <summary>
    /// Adds <see cref="AddServiceDefaults"/> for a process that passes HTTP on: without the headers, which are for the service that
    /// answers, and with the health endpoints in front of everything else.
    /// </summary>
    /// <example>
    /// <code>
    /// builder.AddGatewayDefaults();
    /// </code>
    /// </example>
    /// <exception cref="SettingException">One of these settings has a value that can't be used.</exception>
    public static WebApplicationBuilder AddGatewayDefaults(this WebApplicationBuilder builder)
    {
        AddDefaults(builder);
        builder.Services.AddTransient<IStartupFilter, HealthEndpoints>();
        return builder;
    }

    private static TBuilder AddDefaults<TBuilder>(TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        SecretFiles.Add(builder.Configuration);
        OpenTelemetryDefaults.Add(builder);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(client => client.AddServiceDiscovery().AddStandardResilienceHandler());
        var shutdown = ShutdownSettings.From(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(shutdown);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdown.Timeout + shutdown.Drain);
        // Service says in one line why a host didn't start.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (builder is WebApplicationBuilder)
        {
            Draining.Add(builder);
            HealthEndpoints.Add(builder);
        }
        return builder;
    }
}
