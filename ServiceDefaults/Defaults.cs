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

/// <summary>What every process of the solution shares, in one call.</summary>
public static class Defaults
{
    /// <summary>
    /// For a process that serves HTTP: all of <see cref="AddWorkerDefaults"/>, and <c>/health</c> and <c>/alive</c> in every environment,
    /// the header <c>X-Replica</c> and <c>nosniff</c> on every answer, and draining on stop. Nothing needs to be mapped afterwards.
    /// </summary>
    /// <exception cref="SettingException">A setting of these defaults has a value that can't be used.</exception>
    public static WebApplicationBuilder AddWebDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Filters wrap each other in the order of registration: the headers stand on the health endpoints' answers too.
        builder.Services.AddTransient<IStartupFilter, ResponseHeaders>();
        return builder.AddGatewayDefaults();
    }

    /// <summary>
    /// For a process that passes HTTP on: all of <see cref="AddWebDefaults"/> but the headers of answers, which are for the one that
    /// answers.
    /// </summary>
    /// <exception cref="SettingException">A setting of these defaults has a value that can't be used.</exception>
    public static WebApplicationBuilder AddGatewayDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddWorkerDefaults();
        Draining.Add(builder);
        HealthEndpoints.Add(builder.Services);
        builder.Logging.AddFilter(HealthChanges.EveryFailure, LogLevel.None);
        return builder;
    }

    /// <summary>
    /// For a process that serves nothing: secrets from files, OpenTelemetry, service discovery and standard resilience on every
    /// <see cref="HttpClient"/>, and a bound on how long a stop may take.
    /// </summary>
    /// <exception cref="SettingException">A setting of these defaults has a value that can't be used.</exception>
    public static IHostApplicationBuilder AddWorkerDefaults(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        SecretFiles.Add(builder.Configuration);
        OpenTelemetryDefaults.Add(builder);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(client => client.AddServiceDiscovery().AddStandardResilienceHandler());
        var shutdown = ShutdownSettings.From(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(shutdown);
        // Why a host didn't start is said in one line, by Service.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdown.Timeout + shutdown.Drain);
        return builder;
    }
}
