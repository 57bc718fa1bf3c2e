using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.PostgreSQL;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Declares PostgreSQL servers and databases.</summary>
public static class PostgresBuilderExtensions
{
    private const int ServerPort = 5432;
    private const string Registry = "docker.io";
    private const string Image = "library/postgres";
    private const string Tag = "18.3";

    // From major version 18 on, the official image keeps its data one directory higher.
    private const string DataPath = "/var/lib/postgresql";

    /// <summary>Adds a PostgreSQL server. Locally it runs as a process; deployed, or with <c>BackingServices=Container</c>, as the official image.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">The superuser's name; <c>postgres</c> if null.</param>
    /// <param name="password">The superuser's password; made up and kept in the user secrets if null.</param>
    /// <param name="port">The port that it is reached on; any free one if null.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var passwordParameter = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, passwordParameter);

        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new(key, new PostgresHealthCheck(server), HealthStatus.Unhealthy, null));
        var resource = builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: ServerPort, name: PostgresServerResource.PrimaryEndpointName)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
            })
            .WithIconName("DatabaseMultiple")
            .WithHealthCheck(key)
            .OnResourceReady((ready, _, token) => PostgresDatabases.CreateAsync(ready, builder.Resources, token));
        return BackingProcess.IsWanted(builder) ? PostgresBacking.AddTo(resource) : resource;
    }

    /// <summary>Adds a database, which is created once the server is ready unless it is there.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="databaseName">The database's own name; the resource's if null.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, [ResourceName] string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);

        var key = $"{name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new(key, new PostgresHealthCheck(database), HealthStatus.Unhealthy, null));
        return builder.ApplicationBuilder.AddResource(database).WithIconName("Database").WithHealthCheck(key);
    }

    /// <summary>Keeps the server's data when it ends.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; one of the application and the resource if null.</param>
    /// <param name="isReadOnly">Whether it can't be written.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataPath, isReadOnly);

    /// <summary>Keeps the server's data in a directory of the machine.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The directory, absolute or relative to the AppHost's.</param>
    /// <param name="isReadOnly">Whether it can't be written.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, DataPath, isReadOnly);

    /// <summary>Sets the port that the server is reached on.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="port">The port; any free one if null.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port) =>
        builder.WithEndpoint(PostgresServerResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    /// <summary>Sets the superuser's password.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="password">The password.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<PostgresServerResource> WithPassword(this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(password);
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }
}
