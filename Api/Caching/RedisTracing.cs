using System.Diagnostics;
using OpenTelemetry.Trace;

namespace AspireDeploy.Api.Caching;

/// <summary>Client spans for what the API asks of Redis (OpenTelemetry's semantic conventions for database clients).</summary>
internal static class RedisTracing
{
    private const string Name = "AspireDeploy.Redis";
    private static readonly ActivitySource Source = new(Name);

    internal static void Add(IServiceCollection services) =>
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(Name));

    /// <summary>Begins a span for a command that a request asked for; what runs by itself in the background leaves none.</summary>
    internal static Activity? Begin(string command, string host, int port)
    {
        if (!Source.HasListeners() || Activity.Current is null)
            return null;
        var span = Source.StartActivity(command, ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            // The stable name and the one before it, which dashboards still know.
            span.SetTag("db.system.name", "redis")
                .SetTag("db.system", "redis")
                .SetTag("db.operation.name", command)
                .SetTag("server.address", host)
                .SetTag("server.port", port);
        }
        return span;
    }
}
