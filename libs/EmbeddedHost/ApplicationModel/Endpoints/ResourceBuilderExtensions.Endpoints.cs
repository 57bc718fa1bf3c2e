using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Declares an endpoint, or says more about the one of that name.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others reach it on; any free one if null.</param>
    /// <param name="targetPort">The port that the resource itself listens on; given by the engine if null.</param>
    /// <param name="scheme">The scheme of its address; that of the protocol if null.</param>
    /// <param name="name">Its name; the scheme if null.</param>
    /// <param name="env">An environment variable that is to tell the resource the target port.</param>
    /// <param name="isProxied">Whether the engine listens for it and passes connections on; true if null.</param>
    /// <param name="isExternal">Whether it is reached from outside when deployed; false if null.</param>
    /// <param name="protocol">TCP or UDP; TCP if null.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null,
        bool? isExternal = null,
        ProtocolType? protocol = null) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var declared = new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, null, name, port, targetPort, isExternal, isProxied);
        if (Find(builder.Resource, declared.Name) is not { } endpoint)
        {
            endpoint = declared;
            builder.WithAnnotation(endpoint);
        }
        else
        {
            Refine(endpoint, port, targetPort, isProxied, isExternal);
        }

        return env is null ? builder : builder.TellTargetPort(endpoint, env);
    }

    /// <summary>Changes an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <param name="callback">What to change.</param>
    /// <param name="createIfNotExists">Whether to declare it if it isn't there; otherwise nothing is done.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        [EndpointName] string endpointName,
        Action<EndpointAnnotation> callback,
        bool createIfNotExists = true) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endpointName);
        ArgumentNullException.ThrowIfNull(callback);
        if (Find(builder.Resource, endpointName) is { } existing)
        {
            callback(existing);
        }
        else if (createIfNotExists)
        {
            var endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            callback(endpoint);
            builder.WithAnnotation(endpoint);
        }

        return builder;
    }

    /// <summary>Declares an HTTP endpoint, or says more about the one of that name.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others reach it on; any free one if null.</param>
    /// <param name="targetPort">The port that the resource itself listens on; given by the engine if null.</param>
    /// <param name="name">Its name; <c>http</c> if null.</param>
    /// <param name="env">An environment variable that is to tell the resource the target port.</param>
    /// <param name="isProxied">Whether the engine listens for it and passes connections on; true if null.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null) where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <summary>Declares an HTTPS endpoint, or says more about the one of that name.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others reach it on; any free one if null.</param>
    /// <param name="targetPort">The port that the resource itself listens on; given by the engine if null.</param>
    /// <param name="name">Its name; <c>https</c> if null.</param>
    /// <param name="env">An environment variable that is to tell the resource the target port.</param>
    /// <param name="isProxied">Whether the engine listens for it and passes connections on; true if null.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null) where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, "https", name, env, isProxied);

    /// <summary>Lets the HTTP and HTTPS endpoints that are declared so far be reached from outside when deployed.</summary>
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

    /// <summary>Says that the HTTP endpoints of the resource speak HTTP/2 alone.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> AsHttp2Service<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new Http2ServiceAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Says whether the engine may listen for the endpoints of the resource and pass connections on.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="proxyEnabled">Whether it may.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<IResourceWithEndpoints> WithEndpointProxySupport(this IResourceBuilder<IResourceWithEndpoints> builder, bool proxyEnabled)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ProxySupportAnnotation { ProxyEnabled = proxyEnabled }, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Refers to an endpoint of the resource; it may be declared later.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The endpoint's name.</param>
    /// <returns>The reference.</returns>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.GetEndpoint(name);
    }

    /// <summary>Refers to an endpoint of the resource as a network sees it; it may be declared later.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The endpoint's name.</param>
    /// <param name="contextNetworkId">The network.</param>
    /// <returns>The reference.</returns>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name, NetworkIdentifier contextNetworkId)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.GetEndpoint(name, contextNetworkId);
    }

    private static EndpointAnnotation? Find(IResource resource, string endpointName) =>
        resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => string.Equals(e.Name, endpointName, StringComparison.OrdinalIgnoreCase));

    // What is not said again stays as it was, also that it was never said.
    private static void Refine(EndpointAnnotation endpoint, int? port, int? targetPort, bool? isProxied, bool? isExternal)
    {
        if (port is not null)
        {
            endpoint.Port = port;
        }

        if (targetPort is not null)
        {
            endpoint.TargetPort = targetPort;
        }

        endpoint.IsExplicitlyProxied = isProxied ?? endpoint.IsExplicitlyProxied;
        endpoint.IsExternal = isExternal ?? endpoint.IsExternal;
    }

    private static IResourceBuilder<T> TellTargetPort<T>(this IResourceBuilder<T> builder, EndpointAnnotation endpoint, string variable) where T : IResourceWithEndpoints
    {
        var isFirst = endpoint.TargetPortVariable is null;
        endpoint.TargetPortVariable = variable;
        if (isFirst && builder.Resource is IResourceWithEnvironment)
        {
            var port = new EndpointReference(builder.Resource, endpoint, KnownNetworkIdentifiers.LocalhostNetwork).Property(EndpointProperty.TargetPort);
            builder.WithAnnotation(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables[endpoint.TargetPortVariable] = port));
        }

        return builder;
    }
}
