using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Local.Gateways;
using AspireDeploy.Model;

namespace Aspire.Hosting;

/// <summary>Declares the gateway.</summary>
public static class GatewayBuilderExtensions
{
    /// <summary>Adds the gateway, which locally is a program that comes with this library.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="httpPort">Its port for HTTP on a developer's machine. Deployed it is reached on 80, or what
    /// <see cref="WithPublicPorts"/> says.</param>
    /// <param name="httpsPort">Its port for HTTPS there, where
    /// <see cref="WithHttps(IResourceBuilder{GatewayResource}, string?, string?, bool)"/> declares it.</param>
    /// <returns>The gateway.</returns>
    /// <exception cref="DistributedApplicationException">The AppHost was built without the library's build files, which say where that
    /// program is.</exception>
    public static IResourceBuilder<GatewayResource> AddGateway(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        int httpPort = GatewayResource.DefaultHttpPort,
        int httpsPort = GatewayResource.DefaultHttpsPort
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.ExecutionContext.IsRunMode)
            return Add(builder, name, GatewayProgram.Published, httpPort, httpsPort);
        var program = GatewayProgram.Find(builder.AppHostAssembly, name);
        return Add(builder, name, program, httpPort, httpsPort).RunProgram(program);
    }

    /// <summary>
    /// Adds the gateway, which locally is a project of your own, told what to do as the library's is: by the settings under <c>Gateway</c>.
    /// </summary>
    /// <typeparam name="TProject">The project: a class of the namespace <c>Projects</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="httpPort">Its port for HTTP on a developer's machine. Deployed it is reached on 80, or what
    /// <see cref="WithPublicPorts"/> says.</param>
    /// <param name="httpsPort">Its port for HTTPS there, where
    /// <see cref="WithHttps(IResourceBuilder{GatewayResource}, string?, string?, bool)"/> declares it.</param>
    /// <returns>The gateway.</returns>
    public static IResourceBuilder<GatewayResource> AddGateway<TProject>(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        int httpPort = GatewayResource.DefaultHttpPort,
        int httpsPort = GatewayResource.DefaultHttpsPort
    )
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Add(builder, name, new TProject(), httpPort, httpsPort);
    }

    /// <summary>Sends requests under a path to a service, spread over its replicas.</summary>
    /// <typeparam name="T">The service's type.</typeparam>
    /// <param name="builder">The gateway.</param>
    /// <param name="path"><c>/</c> for all, or a prefix: <c>/api</c> takes <c>/api</c> and what is under it. The longest that matches
    /// wins.</param>
    /// <param name="service">Who answers them.</param>
    /// <param name="endpointName">Its endpoint; its first for HTTP, else its first for HTTPS, if null.</param>
    /// <param name="stripPrefix">Whether the prefix is taken off before a request is sent on.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The path isn't one, or is routed already. That the service has such an endpoint is
    /// checked once the declaration is complete.</exception>
    public static IResourceBuilder<GatewayResource> WithRoute<T>(
        this IResourceBuilder<GatewayResource> builder,
        string path,
        IResourceBuilder<T> service,
        string? endpointName = null,
        bool stripPrefix = false
    )
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(service);
        var gateway = builder.Resource;
        if (!PlanValidation.IsPathPrefix(path))
            throw DeclarationMistake.At($"{gateway.Name}.routes.{path}", $"\"{path}\" is not a path; write / or one like /api");
        if (gateway.Routes.Any(route => route.PathPrefix == path))
            throw DeclarationMistake.At($"{gateway.Name}.routes.{path}", "is routed twice; take one away");
        return builder
            .WithAnnotation(new RouteAnnotation(path, service.Resource, endpointName, stripPrefix))
            .WithReferenceRelationship(service.Resource);
    }

    /// <summary>
    /// Serves HTTPS, and has HTTP send on to it. Locally for <c>localhost</c>, with the development certificate; deployed with one that
    /// renews itself: from a public authority for a public host, from the gateway's own for <c>localhost</c>.
    /// </summary>
    /// <param name="builder">The gateway.</param>
    /// <param name="host">The public host name: <c>shop.example.com</c>; it is served in lower case. If null, who deploys chooses it, and
    /// it is <c>localhost</c> unless they do.</param>
    /// <param name="email">Whom the certificate authority writes to; nobody if null.</param>
    /// <param name="redirect">Whether HTTP sends on to HTTPS; otherwise both are served alike. Defaults to true.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The host isn't a host name.</exception>
    public static IResourceBuilder<GatewayResource> WithHttps(
        this IResourceBuilder<GatewayResource> builder,
        string? host = null,
        string? email = null,
        bool redirect = true
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (host is not null && !PlanValidation.IsHostName(host))
            throw DeclarationMistake.At($"{builder.Resource.Name}.host", PlanValidation.NotAHostName(host));
        return builder.ServeHttps(
            new()
            {
                Host = host?.ToLowerInvariant(),
                Email = email,
                Redirect = redirect,
            }
        );
    }

    /// <summary>
    /// Serves HTTPS for a host name that is chosen at deployment, and has HTTP send on to it. Locally for <c>localhost</c>, with the
    /// development certificate.
    /// </summary>
    /// <param name="builder">The gateway.</param>
    /// <param name="host">The public host name.</param>
    /// <param name="email">Whom the certificate authority writes to; nobody if null.</param>
    /// <param name="redirect">Whether HTTP sends on to HTTPS; otherwise both are served alike. Defaults to true.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The parameter is secret.</exception>
    public static IResourceBuilder<GatewayResource> WithHttps(
        this IResourceBuilder<GatewayResource> builder,
        IResourceBuilder<ParameterResource> host,
        string? email = null,
        bool redirect = true
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(host);
        if (host.Resource.Secret)
            throw DeclarationMistake.At($"{builder.Resource.Name}.host", $"a secret can't be a host name, and {host.Resource.Name} is one");
        return builder.ServeHttps(
            new()
            {
                HostParameter = host.Resource,
                Email = email,
                Redirect = redirect,
            }
        );
    }

    /// <summary>Sets the ports that the deployed gateway is reached on; 80 and 443 without it.</summary>
    /// <param name="builder">The gateway.</param>
    /// <param name="http">For HTTP.</param>
    /// <param name="https">For HTTPS.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">One isn't a port, or both are the same.</exception>
    public static IResourceBuilder<GatewayResource> WithPublicPorts(this IResourceBuilder<GatewayResource> builder, int http, int https)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var errors = new List<PlanError>();
        PlanValidation.CheckGatewayPorts(errors, builder.Resource.Name, http, https);
        DeclarationMistake.ThrowFirst(errors);
        return builder.WithConcept(new GatewayPublicPortsAnnotation(http, https));
    }

    private static IResourceBuilder<GatewayResource> Add(
        IDistributedApplicationBuilder builder,
        string name,
        IProjectMetadata project,
        int httpPort,
        int httpsPort
    )
    {
        var errors = new List<PlanError>();
        PlanValidation.CheckGatewayPorts(errors, name, httpPort, httpsPort);
        DeclarationMistake.ThrowFirst(errors);
        return builder
            .AddResource(new GatewayResource(name) { HttpsPort = httpsPort })
            .HeldLocally()
            .WithAnnotation(project)
            .WithHttpEndpoint(port: httpPort, name: GatewayResource.HttpEndpointName, isProxied: false)
            .RunLocally()
            // Deployed, the gateway is the target's own.
            .ExcludeFromManifest();
    }

    private static IResourceBuilder<GatewayResource> ServeHttps(
        this IResourceBuilder<GatewayResource> builder,
        GatewayHttpsAnnotation https
    )
    {
        var gateway = builder.Resource;
        if (!gateway.HasAnnotationOfType<GatewayHttpsAnnotation>())
        {
            builder
                .WithHttpsEndpoint(port: gateway.HttpsPort, name: GatewayResource.HttpsEndpointName, isProxied: false)
                .WithUrls(ShowHttpsFirst);
        }

        return builder.WithConcept(https);
    }

    // HTTP only sends on to it.
    private static void ShowHttpsFirst(ResourceUrlsCallbackContext context)
    {
        var https = context.Urls.FindIndex(static url => url.Endpoint?.EndpointName == GatewayResource.HttpsEndpointName);
        if (https <= 0)
            return;
        var url = context.Urls[https];
        context.Urls.RemoveAt(https);
        context.Urls.Insert(0, url);
    }
}
