using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Health checks.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Holds a resource healthy while a check passes, which is registered among the application's services.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The check's name.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The resource has that check already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key)
            ? throw new DistributedApplicationException($"'{builder.Resource.Name}' has the health check '{key}' twice.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Holds a resource healthy while one of its endpoints answers.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="path">What is asked for; <c>/</c> if null.</param>
    /// <param name="statusCode">What is to be answered; 200 if null.</param>
    /// <param name="endpointName">The endpoint; <c>http</c>, or else <c>https</c>, if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The resource has no such endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, [EndpointName] string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoints = builder.Resource.GetEndpoints().ToList();
        var endpoint = endpointName is null
            ? endpoints.FirstOrDefault(e => e.Scheme == "http") ?? endpoints.FirstOrDefault(e => e.Scheme == "https")
            : endpoints.FirstOrDefault(e => StringComparer.OrdinalIgnoreCase.Equals(e.EndpointName, endpointName));
        return endpoint is null
            ? throw new DistributedApplicationException(
                $"'{builder.Resource.Name}' has no HTTP endpoint{(endpointName is null ? "" : $" '{endpointName}'")} to check the health of: declare one with WithHttpEndpoint, or in its launch profile.")
            : builder.WithHttpHealthCheck(() => endpoint, path, statusCode);
    }

    /// <summary>Holds a resource healthy while an endpoint answers.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointSelector">The endpoint.</param>
    /// <param name="path">What is asked for; <c>/</c> if null.</param>
    /// <param name="statusCode">What is to be answered; 200 if null.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endpointSelector);
        var endpoint = endpointSelector();
        var (asked, expected) = (path ?? "/", statusCode ?? 200);
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{asked}_{expected}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new(key, new HttpEndpointHealthCheck(endpoint, asked, expected), HealthStatus.Unhealthy, null));
        return builder.WithHealthCheck(key);
    }
}
