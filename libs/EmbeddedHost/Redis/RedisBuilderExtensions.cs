using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Declares Redis servers.</summary>
public static class RedisBuilderExtensions
{
    private const int ServerPort = 6379;
    private const string Registry = "docker.io";
    private const string Image = "library/redis";
    private const string Tag = "8.6";
    private const string DataPath = "/data";

    /// <summary>Adds a Redis server. Locally it runs as a process (Garnet); deployed, or with <c>BackingServices=Container</c>, as the official image.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">The port that it is reached on.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port) =>
        builder.AddRedis(name, port, null);

    /// <summary>Adds a Redis server. Locally it runs as a process (Garnet); deployed, or with <c>BackingServices=Container</c>, as the official image.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">The port that it is reached on; any free one if null.</param>
    /// <param name="password">The password; made up and kept in the user secrets if null.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        // No marks: the password stands in connection strings whose readers split at commas.
        var server = new RedisResource(name, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new(key, new RedisHealthCheck(server), HealthStatus.Unhealthy, null));
        var resource = builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: ServerPort, name: RedisResource.PrimaryEndpointName, scheme: RedisResource.Scheme)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithIconName("Database")
            .WithHealthCheck(key)
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (server.PasswordParameter is { } secret)
                {
                    context.EnvironmentVariables["REDIS_PASSWORD"] = secret;
                }
            })
            .WithArgs(context =>
            {
                context.Args.Add("-c");
                context.Args.Add(RedisContainerCommand.Line(server, context.ExecutionContext));
            });
        return BackingProcess.IsWanted(builder) ? RedisBacking.AddTo(resource) : resource;
    }

    /// <summary>Keeps the server's data when it ends.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; one of the application and the resource if null.</param>
    /// <param name="isReadOnly">Whether it can't be written.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataPath, isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Keeps the server's data in a directory of the host.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The directory, relative to the AppHost's.</param>
    /// <param name="isReadOnly">Whether it can't be written.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
    {
        builder.WithBindMount(source, DataPath, isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Says when the server, as a container, writes its data to disk.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="interval">How long after a change; a minute if null.</param>
    /// <param name="keysChangedThreshold">How many changes it takes.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new RedisPersistenceAnnotation(interval ?? TimeSpan.FromMinutes(1), keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets the port that the server is reached on.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="port">The port; any free one if null.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port) =>
        builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    /// <summary>Sets the password.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="password">The password.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RedisResource> WithPassword(this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource> password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(password);
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }
}
