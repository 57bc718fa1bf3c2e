using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares services that others run.</summary>
public static class ExternalServiceBuilderExtensions
{
    /// <summary>Adds a service at an address.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="url">The address: absolute, with <c>/</c> as its path, without query and fragment.</param>
    /// <returns>The service.</returns>
    /// <exception cref="ArgumentException">The address is not like that.</exception>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, string url) =>
        builder.AddExternalService(name, new Uri(url, UriKind.RelativeOrAbsolute));

    /// <summary>Adds a service at an address.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="uri">The address: absolute, with <c>/</c> as its path, without query and fragment.</param>
    /// <returns>The service.</returns>
    /// <exception cref="ArgumentException">The address is not like that.</exception>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, Uri uri)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new ExternalServiceResource(name, uri)).WithUrl(uri.ToString());
    }

    /// <summary>Adds a service whose address is a parameter.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="urlParameter">The parameter.</param>
    /// <returns>The service.</returns>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource> urlParameter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(urlParameter);
        return builder.Add(new ExternalServiceResource(name, urlParameter.Resource)).WithUrl(ReferenceExpression.Create($"{urlParameter}"));
    }

    /// <summary>Checks the health of the service by a GET request.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="path">The path; <c>/</c> if null.</param>
    /// <param name="statusCode">The status that means healthy; 200 if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The path isn't relative, or the service doesn't speak HTTP.</exception>
    public static IResourceBuilder<ExternalServiceResource> WithHttpHealthCheck(
        this IResourceBuilder<ExternalServiceResource> builder,
        string? path = null,
        int? statusCode = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (path is not null && !Uri.IsWellFormedUriString(path, UriKind.Relative))
        {
            throw new ArgumentException($"'{path}' is no relative path.", nameof(path));
        }

        var service = builder.Resource;
        if (service.Uri is { Scheme: not ("http" or "https") } other)
        {
            throw new ArgumentException($"The health of '{service.Name}' can't be checked by HTTP: it is at '{other}'.", nameof(builder));
        }

        var status = statusCode ?? 200;
        var key = $"{service.Name}_external{(path is null ? "" : $"_{path}")}_{status}_check";
        HttpHealthCheck.Register(builder.ApplicationBuilder.Services, key, async token => new Uri(await service.CheckedUrlAsync(token).ConfigureAwait(false), path), status);
        return builder.WithHealthCheck(key);
    }

    private static IResourceBuilder<ExternalServiceResource> Add(this IDistributedApplicationBuilder builder, ExternalServiceResource service) =>
        builder.AddResource(service).ExcludeFromManifest().WithInitialState(new()
        {
            ResourceType = "ExternalService",
            State = KnownResourceStates.Waiting,
            Properties = [],
        });
}
