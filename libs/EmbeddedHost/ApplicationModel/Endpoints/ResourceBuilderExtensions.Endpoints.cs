using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Endpoints.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others reach it on; any free one if null.</param>
    /// <param name="targetPort">The port that the resource itself listens on; given by the engine if null.</param>
    /// <param name="scheme">The scheme of its address; that of the protocol if null.</param>
    /// <param name="name">Its name; the scheme if null.</param>
    /// <param name="env">The variable that tells the resource where to listen.</param>
    /// <param name="isProxied">Whether the engine listens for it and passes connections on; true if null.</param>
    /// <param name="isExternal">Whether it is reached from outside when deployed; false if null.</param>
    /// <param name="protocol">TCP or UDP; TCP if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The resource has an endpoint of that name.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null,
        bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, null, name, port, targetPort, isExternal, isProxied)
        {
            TargetPortEnvironmentVariable = env,
            TlsEnabled = scheme == "https",
        };
        if (builder.Resource.Annotations.OfType<EndpointAnnotation>().Any(e => StringComparer.OrdinalIgnoreCase.Equals(e.Name, endpoint.Name)))
        {
            throw new DistributedApplicationException($"'{builder.Resource.Name}' has two endpoints '{endpoint.Name}'. Give one of them another name.");
        }

        if (env is not null && builder.Resource is IResourceWithEnvironment resource)
        {
            var reference = new EndpointReference((IResourceWithEndpoints)resource, endpoint);
            resource.Annotations.Add(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables[env] = reference.Property(EndpointProperty.TargetPort)));
        }

        return builder.WithAnnotation(endpoint);
    }

    /// <summary>Changes an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <param name="callback">Changes it.</param>
    /// <param name="createIfNotExists">Whether it is added if the resource has none of that name.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, [EndpointName] string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        var endpoint = builder.Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => StringComparer.OrdinalIgnoreCase.Equals(e.Name, endpointName));
        if (endpoint is null && createIfNotExists)
        {
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            builder.WithAnnotation(endpoint);
        }

        if (endpoint is not null)
        {
            callback(endpoint);
        }

        return builder;
    }

    /// <summary>Adds an HTTP endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others reach it on; any free one if null.</param>
    /// <param name="targetPort">The port that the resource itself listens on; given by the engine if null.</param>
    /// <param name="name">Its name; <c>http</c> if null.</param>
    /// <param name="env">The variable that tells the resource where to listen.</param>
    /// <param name="isProxied">Whether the engine listens for it and passes connections on; true if null.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, [EndpointName] string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied, null, null);

    /// <summary>Adds an HTTPS endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others reach it on; any free one if null.</param>
    /// <param name="targetPort">The port that the resource itself listens on; given by the engine if null.</param>
    /// <param name="name">Its name; <c>https</c> if null.</param>
    /// <param name="env">The variable that tells the resource where to listen.</param>
    /// <param name="isProxied">Whether the engine listens for it and passes connections on; true if null.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, [EndpointName] string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "https", name, env, isProxied, null, null);

    /// <summary>Makes the HTTP and HTTPS endpoints reachable from outside when deployed.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    /// <summary>Refers to an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The endpoint's name.</param>
    /// <returns>The reference.</returns>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.GetEndpoint(name);
    }
}
