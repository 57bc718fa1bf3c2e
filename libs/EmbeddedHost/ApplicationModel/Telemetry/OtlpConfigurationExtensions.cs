using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Lets resources export telemetry to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Tells a resource where and how to export telemetry, by the variables of OpenTelemetry.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="configuration">Says where.</param>
    /// <param name="environment">In development, telemetry is exported every second, and all of it.</param>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment) =>
        Add(resource, configuration, environment, new());

    /// <summary>Tells a resource where and how to export telemetry, by the variables of OpenTelemetry.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="configuration">Says where.</param>
    /// <param name="environment">In development, telemetry is exported every second, and all of it.</param>
    /// <param name="protocol">The protocol that it needs.</param>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol protocol) =>
        Add(resource, configuration, environment, new() { RequiredProtocol = protocol });

    /// <summary>Lets the resource export telemetry to the dashboard.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
        return builder;
    }

    /// <summary>Lets the resource export telemetry to the dashboard.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="protocol">The protocol that it needs.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol) where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment, protocol);
        return builder;
    }

    private static void Add(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpExporterAnnotation annotation)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        resource.Annotations.Add(annotation);
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
        {
            if (!context.ExecutionContext.IsRunMode || !resource.TryGetLastAnnotation<OtlpExporterAnnotation>(out var last))
            {
                return;
            }

            Name(context.EnvironmentVariables);
            if (OtlpEndpoint.Of(configuration, last.RequiredProtocol) is { } endpoint)
            {
                Set(context.EnvironmentVariables, endpoint, configuration["AppHost:OtlpApiKey"], environment.IsDevelopment());
            }
        }));
    }

    /// <summary>What tells a replica from its siblings, whether somebody takes its telemetry or not: its logs and answers may name it too.</summary>
    private static void Name(Dictionary<string, object> variables)
    {
        // The engine fills these in, for each replica its own.
        variables["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id={{- index .Annotations \"otel-service-instance-id\" -}}";
        variables["OTEL_SERVICE_NAME"] = "{{- index .Annotations \"otel-service-name\" -}}";
    }

    private static void Set(Dictionary<string, object> variables, OtlpEndpoint endpoint, string? apiKey, bool isDevelopment)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint.Url;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = endpoint.Protocol;
        if (!string.IsNullOrEmpty(apiKey))
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = new SecretText($"x-otlp-api-key={apiKey}");
        }

        if (isDevelopment)
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        }
    }
}
