using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Tests.Declarations;

/// <summary>Images that are known: their users, health, data, and variables that take files.</summary>
internal static class Images
{
    internal static IReadOnlyList<Declaration> All { get; } =
    [
        Of("rabbitmq", "library/rabbitmq", "4.3", 5672, "/var/lib/rabbitmq", "RABBITMQ_DEFAULT_PASS"),
        Of("sqlserver", "mssql/server", "2022-latest", 1433, "/var/opt/mssql", "MSSQL_SA_PASSWORD", "mcr.microsoft.com"),
        Of("mysql", "library/mysql", "9.5", 3306, "/var/lib/mysql", "MYSQL_ROOT_PASSWORD"),
        Of("mongo", "library/mongo", "8.2", 27017, "/data/db", "MONGO_INITDB_ROOT_PASSWORD"),
        Of("kafka", "confluentinc/confluent-local", "8.1.0", 9092, "/var/lib/kafka/data", "KAFKA_KEY"),
        Of("nats", "library/nats", "2.12", 4222, "/var/lib/nats", "NATS_PASSWORD"),
        OfHttp("keycloak", "keycloak/keycloak", "26.4", 8080, "/opt/keycloak/data", "KC_BOOTSTRAP_ADMIN_PASSWORD", "quay.io"),
        Of("valkey", "valkey/valkey", "9.0", 6379, "/data", "VALKEY_PASSWORD"),
        OfHttp("elasticsearch", "library/elasticsearch", "8.17.3", 9200, "/usr/share/elasticsearch/data", "ELASTIC_PASSWORD"),
        OfHttp("seq", "datalust/seq", "2025.2", 80, "/data", "SEQ_FIRSTRUN_ADMINPASSWORD"),
        Of("postgres-on-alpine", "library/postgres", "17-alpine", 5432, "/var/lib/postgresql/data", "POSTGRES_PASSWORD"),
        new("pull-policy", static builder => builder.AddContainer("web", "example/web", "1").WithImagePullPolicy(ImagePullPolicy.Always)),
        new("pull-policy-missing", static builder =>
            builder.AddContainer("web", "example/web", "latest").WithImagePullPolicy(ImagePullPolicy.Missing)
        ),
        new("pull-policy-never", static builder =>
            builder.AddContainer("web", "example/web", "1").WithImagePullPolicy(ImagePullPolicy.Never)
        ),
        new("pull-policy-of-a-digest", static builder =>
            builder.AddContainer("web", "example/web").WithImageSHA256(new string('a', 64)).WithImagePullPolicy(ImagePullPolicy.Missing)
        ),
    ];

    private static Declaration OfHttp(
        string name,
        string image,
        string tag,
        int port,
        string data,
        string secret,
        string registry = "docker.io"
    ) => Of(name, image, tag, port, data, secret, registry, "http");

    private static Declaration Of(
        string name,
        string image,
        string tag,
        int port,
        string data,
        string secret,
        string registry = "docker.io",
        string scheme = "tcp"
    ) =>
        new($"image-{name}", builder =>
            builder
                .AddContainer("server", image, tag)
                .WithImageRegistry(registry)
                .WithEndpoint(targetPort: port, scheme: scheme, name: scheme)
                .WithVolume("server-data", data)
                .WithEnvironment(secret, builder.AddParameter("server-password", secret: true))
        );
}
