using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Declarations;

/// <summary>PostgreSQL and Redis by Aspire's own integrations.</summary>
internal static class Servers
{
    internal static IReadOnlyList<Declaration> All { get; } =
    [
        new("postgres", static builder => builder.AddPostgres("postgres")),
        new("postgres-with-data-and-a-database", static builder =>
            builder
                .AddProject<Planned.Web>("api")
                .WithReference(builder.AddPostgres("postgres").WithDataVolume("postgres-data").AddDatabase("orders"))
        ),
        new("postgres-with-a-creation-script", static builder =>
            builder.AddPostgres("postgres").AddDatabase("orders").WithCreationScript("CREATE DATABASE orders TEMPLATE template0;")
        ),
        new("postgres-of-a-user", static builder =>
            builder.AddPostgres("postgres", builder.AddParameter("db-user", "admin"), builder.AddParameter("db-password", secret: true))
        ),
        new("redis", static builder => builder.AddProject<Planned.Web>("api").WithReference(builder.AddRedis("cache"))),
        new("redis-with-data", static builder =>
            builder.AddRedis("cache").WithDataVolume("cache-data").WithPersistence(TimeSpan.FromMinutes(1), 10)
        ),
    ];
}
