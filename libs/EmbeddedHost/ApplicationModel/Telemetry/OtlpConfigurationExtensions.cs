using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Tells resources where to send telemetry.</summary>
public static class OtlpConfigurationExtensions
{
    private const string Grpc = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string Http = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";

    /// <summary>Tells a resource to send telemetry to the dashboard, by the variables of OpenTelemetry's specification.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Add(builder, null);
    }

    /// <summary>Tells a resource to send telemetry to the dashboard in one way.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="protocol">The way.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol) where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Add(builder, protocol);
    }

    private static IResourceBuilder<T> Add<T>(IResourceBuilder<T> builder, OtlpProtocol? protocol) where T : IResourceWithEnvironment
    {
        if (builder.Resource.Annotations.OfType<OtlpExporterAnnotation>().Any())
        {
            return builder;
        }

        var configuration = builder.ApplicationBuilder.Configuration;
        return builder.WithAnnotation(new OtlpExporterAnnotation { RequiredProtocol = protocol }).WithEnvironment(context =>
        {
            if (!context.ExecutionContext.IsRunMode)
            {
                return;
            }

            var variables = context.EnvironmentVariables;
            var byHttp = protocol is OtlpProtocol.HttpProtobuf or OtlpProtocol.HttpJson || configuration[Grpc] is null;
            if (configuration[byHttp ? Http : Grpc] is not { Length: > 0 } address)
            {
                return;
            }

            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = address;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = byHttp ? "http/protobuf" : "grpc";
            if (configuration["AppHost:OtlpApiKey"] is { Length: > 0 } key)
            {
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = new SecretText($"x-otlp-api-key={key}");
            }

            // The engine fills in what differs between replicas.
            variables["OTEL_SERVICE_NAME"] = """{{- index .Annotations "otel-service-name" -}}""";
            variables["OTEL_RESOURCE_ATTRIBUTES"] = """service.instance.id={{- index .Annotations "otel-service-instance-id" -}}""";

            // Telemetry is watched as it happens while the application is developed.
            if (builder.ApplicationBuilder.Environment.IsDevelopment())
            {
                variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
                variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
                variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
                variables["OTEL_TRACES_SAMPLER"] = "always_on";
                variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            }
        });
    }
}
