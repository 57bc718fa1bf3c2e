using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Says what references to other resources put in the environment. For connection strings it must come before the reference.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="flags">What.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(
        this IResourceBuilder<TDestination> builder,
        ReferenceEnvironmentInjectionFlags flags) where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags));
    }

    /// <summary>Tells the resource how to connect to another: <c>ConnectionStrings__NAME</c>, and the parts of the connection as <c>NAME_PART</c>.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other resource.</param>
    /// <param name="connectionName">The name of the connection; that of the other resource if null.</param>
    /// <param name="optional">Whether there may be no connection string.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false) where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        var flags = Flags(builder.Resource);
        builder.WithReferenceRelationship(resource);
        return builder.WithEnvironment(context =>
        {
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
            {
                context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = new ConnectionStringReference(resource, optional);
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionProperties))
            {
                var prefix = name.Length == 0 ? "" : $"{EnvironmentVariableName.UpperOf(name)}_";
                var declared = resource.Annotations.OfType<ConnectionPropertyAnnotation>().Select(p => KeyValuePair.Create(p.Name, p.Value));
                foreach (var (part, value) in resource.GetConnectionProperties().Concat(declared))
                {
                    context.EnvironmentVariables[prefix + part.ToUpperInvariant()] = value;
                }
            }
        });
    }

    /// <summary>Tells the resource where another is reached: <c>services__NAME__SCHEME__0</c>, which service discovery reads, and <c>NAME_ENDPOINT</c>.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source) where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return builder.TellEndpoints(source.Resource, endpointName: null, name: null);
    }

    /// <summary>Tells the resource where another is reached, under a name of its own.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other resource.</param>
    /// <param name="name">The name that it is found by.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source,
        string name) where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return builder.TellEndpoints(source.Resource, endpointName: null, name);
    }

    /// <summary>Tells the resource where an endpoint is reached.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointReference">The endpoint.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return builder.TellEndpoints(endpointReference.Resource, endpointReference.EndpointName, name: null);
    }

    /// <summary>Tells the resource of an address: <c>services__NAME__default__0</c>, and <c>NAME</c>.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name that it is found by.</param>
    /// <param name="uri">The address: absolute, without query and fragment.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The address is not like that.</exception>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(uri);
        var wrong = !uri.IsAbsoluteUri ? "it must be absolute" : uri.Fragment.Length > 0 ? "it must have no fragment" : uri.Query.Length > 0 ? "it must have no query" : null;
        if (wrong is not null)
        {
            throw new InvalidOperationException($"'{builder.Resource.Name}' can't be told of '{uri}' as '{name}': {wrong}.");
        }

        var flags = Flags(builder.Resource);
        if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
        {
            builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
        }

        return flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints) ? builder.WithEnvironment(EnvironmentVariableName.Of(name), uri.ToString()) : builder;
    }

    /// <summary>Tells the resource where an external service is reached.</summary>
    /// <typeparam name="TDestination">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="externalService">The service.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<ExternalServiceResource> externalService) where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(externalService);
        var service = externalService.Resource;
        var flags = Flags(builder.Resource);
        builder.WithReferenceRelationship(service);
        return builder.WithEnvironment(async context =>
        {
            var known = await service.CheckedUrlAsync(context).ConfigureAwait(false);
            var name = EnvironmentVariableName.UpperOf(service.Name);
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                context.EnvironmentVariables[$"services__{service.Name}__{known?.Scheme ?? "default"}__0"] = service.Url;
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                var isGivenLater = service.UrlParameter is not null && known is not null;
                context.EnvironmentVariables[isGivenLater ? $"{name}_{known!.Scheme.ToUpperInvariant()}" : name] = service.Url;
            }
        });
    }

    /// <summary>Adds a part to the connections to the resource.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The part's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return builder.WithAnnotation(new ConnectionPropertyAnnotation(name, value));
    }

    /// <summary>Adds a part to the connections to the resource.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The part's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, string value)
        where T : IResourceWithConnectionString => builder.WithConnectionProperty(name, ReferenceExpression.Create($"{value}"));

    /// <summary>A part of the connections to a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="key">The part's name, whatever its case.</param>
    /// <returns>Its value; <see cref="ReferenceExpression.Empty"/> if there is no such part.</returns>
    public static ReferenceExpression GetConnectionProperty(this IResourceWithConnectionString resource, string key)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.GetConnectionProperties().FirstOrDefault(p => string.Equals(p.Key, key, StringComparison.OrdinalIgnoreCase)).Value ?? ReferenceExpression.Empty;
    }

    /// <summary>Says that the connection string of the resource is that of another.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithConnectionStringRedirection<T>(this IResourceBuilder<T> builder, IResourceWithConnectionString resource)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ConnectionStringRedirectAnnotation(resource), ResourceAnnotationMutationBehavior.Replace);
    }

    private static ReferenceEnvironmentInjectionFlags Flags(IResource resource) =>
        resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var annotation) ? annotation.Flags : ReferenceEnvironmentInjectionFlags.All;

    private static IResourceBuilder<T> TellEndpoints<T>(this IResourceBuilder<T> builder, IResourceWithEndpoints source, string? endpointName, string? name)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        var destination = builder.Resource;
        var reference = destination.Annotations.OfType<EndpointReferenceAnnotation>().SingleOrDefault(r => r.Resource == source);
        if (reference is null)
        {
            reference = new(source) { ContextNetworkId = destination.Network() };
            builder.WithAnnotation(reference);
            builder.WithEnvironment(context => ReferencedEndpoints.AddTo(context.EnvironmentVariables, reference, name, Flags(destination)));
        }

        if (endpointName is null)
        {
            reference.UseAllEndpoints = true;
        }
        else
        {
            reference.EndpointNames.Add(endpointName);
        }

        return builder.WithReferenceRelationship(source);
    }
}
