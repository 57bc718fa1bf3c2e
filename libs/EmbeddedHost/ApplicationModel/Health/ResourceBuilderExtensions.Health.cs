using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const string AHealthCheck = "an HTTP health check";
    private const string AProbe = "an HTTP probe";

    /// <summary>Checks the health of the resource by a check that is registered in the application's services.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The name that the check is registered by.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The resource has this check already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(key);
        return builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key)
            ? throw new DistributedApplicationException($"'{builder.Resource.Name}' has the health check '{key}' already.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Checks the health of the resource by a GET request to an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; <c>/</c> if null.</param>
    /// <param name="statusCode">The status that means healthy; 200 if null.</param>
    /// <param name="endpointName">The endpoint; <c>https</c>, else <c>http</c>, if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">There is no such endpoint, or it doesn't speak HTTP.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.CheckByHttp(HttpEndpointSelection.Select(builder.Resource, endpointName, AHealthCheck), path, statusCode);
    }

    /// <summary>Checks the health of the resource by a GET request to an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointSelector">Picks the endpoint; <c>https</c>, else <c>http</c>, if null.</param>
    /// <param name="path">The path; <c>/</c> if null.</param>
    /// <param name="statusCode">The status that means healthy; 200 if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">There is no such endpoint, or it doesn't speak HTTP.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        Func<EndpointReference>? endpointSelector,
        string? path = null,
        int? statusCode = null) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.CheckByHttp(Pick(builder.Resource, endpointSelector, AHealthCheck), path, statusCode);
    }

    /// <summary>Probes the resource by a GET request to an endpoint. When running it is a health check; when deployed it is the target's probe.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="type">What the probe tells; an earlier probe of that type is replaced.</param>
    /// <param name="path">The path; <c>/</c> if null.</param>
    /// <param name="initialDelaySeconds">How many seconds after the start it is first made; 5 if null.</param>
    /// <param name="periodSeconds">How many seconds lie between two; 5 if null.</param>
    /// <param name="timeoutSeconds">How many seconds an answer may take; 1 if null.</param>
    /// <param name="failureThreshold">How many in a row must fail to count; 3 if null.</param>
    /// <param name="successThreshold">How many in a row must succeed to count after one that failed; 1 if null.</param>
    /// <param name="endpointName">The endpoint; <c>https</c>, else <c>http</c>, if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">There is no such endpoint, or it doesn't speak HTTP.</exception>
    [Experimental("ASPIREPROBES001")]
    public static IResourceBuilder<T> WithHttpProbe<T>(
        this IResourceBuilder<T> builder,
        ProbeType type,
        string? path = null,
        int? initialDelaySeconds = null,
        int? periodSeconds = null,
        int? timeoutSeconds = null,
        int? failureThreshold = null,
        int? successThreshold = null,
        string? endpointName = null) where T : IResourceWithEndpoints, IResourceWithProbes
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = HttpEndpointSelection.Select(builder.Resource, endpointName, AProbe);
        return builder.WithHttpProbe(type, () => endpoint, path, initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold);
    }

    /// <summary>Probes the resource by a GET request to an endpoint. When running it is a health check; when deployed it is the target's probe.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="type">What the probe tells; an earlier probe of that type is replaced.</param>
    /// <param name="endpointSelector">Picks the endpoint; <c>https</c>, else <c>http</c>, if null.</param>
    /// <param name="path">The path; <c>/</c> if null.</param>
    /// <param name="initialDelaySeconds">How many seconds after the start it is first made; 5 if null.</param>
    /// <param name="periodSeconds">How many seconds lie between two; 5 if null.</param>
    /// <param name="timeoutSeconds">How many seconds an answer may take; 1 if null.</param>
    /// <param name="failureThreshold">How many in a row must fail to count; 3 if null.</param>
    /// <param name="successThreshold">How many in a row must succeed to count after one that failed; 1 if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">There is no such endpoint, or it doesn't speak HTTP.</exception>
    [Experimental("ASPIREPROBES001")]
    public static IResourceBuilder<T> WithHttpProbe<T>(
        this IResourceBuilder<T> builder,
        ProbeType type,
        Func<EndpointReference>? endpointSelector,
        string? path = null,
        int? initialDelaySeconds = null,
        int? periodSeconds = null,
        int? timeoutSeconds = null,
        int? failureThreshold = null,
        int? successThreshold = null) where T : IResourceWithEndpoints, IResourceWithProbes
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = Pick(builder.Resource, endpointSelector, AProbe);
        foreach (var earlier in builder.Resource.Annotations.OfType<ProbeAnnotation>().Where(probe => probe.Type == type).ToList())
        {
            builder.Resource.Annotations.Remove(earlier);
        }

        builder.WithAnnotation(new EndpointProbeAnnotation
        {
            Type = type,
            EndpointReference = endpoint,
            Path = path ?? "/",
            InitialDelaySeconds = initialDelaySeconds ?? 5,
            PeriodSeconds = periodSeconds ?? 5,
            TimeoutSeconds = timeoutSeconds ?? 1,
            FailureThreshold = failureThreshold ?? 3,
            SuccessThreshold = successThreshold ?? 1,
        });

        // Two probes, or a probe and a check, may ask the same: one check answers for both.
        return builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == Key(endpoint, path ?? "/", 200))
            ? builder
            : builder.CheckByHttp(endpoint, path, statusCode: null);
    }

    private static EndpointReference Pick(IResourceWithEndpoints resource, Func<EndpointReference>? selector, string purpose) =>
        selector is null ? HttpEndpointSelection.Select(resource, null, purpose) : HttpEndpointSelection.Checked(selector(), purpose);

    private static string Key(EndpointReference endpoint, string path, int status) => $"{endpoint.Resource.Name}_{endpoint.EndpointName}_{path}_{status}_check";

    private static IResourceBuilder<T> CheckByHttp<T>(this IResourceBuilder<T> builder, EndpointReference endpoint, string? path, int? statusCode) where T : IResource
    {
        var target = path ?? "/";
        var status = statusCode ?? 200;
        var key = Key(endpoint, target, status);
        builder.WithHealthCheck(key);
        HttpHealthCheck.Register(builder.ApplicationBuilder.Services, key, _ => ValueTask.FromResult(endpoint.IsAllocated ? new Uri(Address(endpoint), target) : null), status);
        return builder;
    }

    private static Uri Address(EndpointReference endpoint) =>
        CheckedInstance.Current is { } instance && endpoint.EndpointAnnotation.InstancePorts.TryGetValue(instance, out var port)
            ? new UriBuilder(endpoint.Url) { Port = port }.Uri
            : new Uri(endpoint.Url);
}
