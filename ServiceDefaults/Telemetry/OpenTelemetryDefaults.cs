using AspireDeploy.ServiceDefaults.Health;
using AspireDeploy.ServiceDefaults.Replicas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AspireDeploy.ServiceDefaults.Telemetry;

/// <summary>
/// Logs, metrics and traces over OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. Without it nothing listens, so a process that
/// nobody observes pays nothing. A project adds its own sources with <c>ConfigureOpenTelemetryTracerProvider</c> and
/// <c>ConfigureOpenTelemetryMeterProvider</c>.
/// </summary>
internal static class OpenTelemetryDefaults
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <exception cref="SettingException">The endpoint isn't an absolute URL.</exception>
    internal static void Add(IHostApplicationBuilder builder)
    {
        var endpoint = builder.Configuration[Endpoint];
        if (string.IsNullOrWhiteSpace(endpoint))
            return;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out _))
        {
            throw new SettingException($"{Endpoint} is '{endpoint}'; it takes a URL such as http://localhost:4317.");
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder))
            .WithMetrics(metrics => metrics.AddMeter("System.Runtime").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithTracing(tracing =>
                tracing
                    .AddSource(builder.Environment.ApplicationName)
                    .AddAspNetCoreInstrumentation(options => options.Filter = static context => !HealthEndpoints.IsAskedBy(context))
                    .AddHttpClientInstrumentation()
            )
            .UseOtlpExporter();
    }

    // The environment's own attributes are read first, by the default resource: only what it leaves open is filled in.
    private static void Describe(ResourceBuilder resource, IHostApplicationBuilder builder)
    {
        var attributes = builder.Configuration["OTEL_RESOURCE_ATTRIBUTES"];
        var filled = new Dictionary<string, object>();
        if (ReplicaName.Attribute(attributes, ReplicaName.InstanceAttribute) is null)
            filled[ReplicaName.InstanceAttribute] = ReplicaName.From(builder.Configuration);
        if (
            string.IsNullOrWhiteSpace(builder.Configuration["OTEL_SERVICE_NAME"])
            && ReplicaName.Attribute(attributes, "service.name") is null
        )
        {
            filled["service.name"] = builder.Environment.ApplicationName;
        }
        resource.AddAttributes(filled);
    }
}
