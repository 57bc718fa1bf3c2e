using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AspireDeploy.Data;

/// <summary>Npgsql's own traces and metrics.</summary>
public static class CatalogTelemetry
{
    /// <summary>Adds them to what the process exports, if it exports anything.</summary>
    public static IServiceCollection AddCatalogTelemetry(this IServiceCollection services) =>
        services
            .ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddNpgsql())
            .ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter("Npgsql"));
}
