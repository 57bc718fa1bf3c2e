namespace AspireDeploy.Model;

/// <summary>
/// Servers that Aspire's integrations run, one row each; each row's facts are from the image's own documentation, which it names.
/// </summary>
internal static class WellKnownServers
{
    /// <summary>Gets the rows.</summary>
    internal static EquatableArray<WellKnownImage> All { get; } =
    [
        // https://hub.docker.com/_/rabbitmq, https://www.rabbitmq.com/docs/monitoring#health-checks
        new("library/rabbitmq", As(999, 999))
        {
            AlpineUser = (100, 101),
            Shell = ImageShell.Bash,
            DataPath = "/var/lib/rabbitmq",
            Entrypoint = ["docker-entrypoint.sh"],
            Command = ["rabbitmq-server"],
            ReadinessCommand = ["rabbitmq-diagnostics", "-q", "check_running"],
            StopGracePeriod = TimeSpan.FromMinutes(1),
        },
        // https://learn.microsoft.com/sql/linux/sql-server-linux-docker-container-security, https://hub.docker.com/r/microsoft/mssql-server
        // https://learn.microsoft.com/sql/linux/sql-server-linux-setup#system: 2 GB of memory.
        new("mssql/server", As(10001, 10001))
        {
            Shell = ImageShell.Bash,
            LeastMemory = Size.Gibibytes(2),
            DataPath = "/var/opt/mssql",
            Entrypoint = ["/opt/mssql/bin/sqlservr"],
            StopGracePeriod = TimeSpan.FromMinutes(1),
        },
        // https://hub.docker.com/_/mysql. By TCP, as during its first start the image runs a server on the socket alone; the command ends
        // with 0 even where the server asks for a password.
        // https://dev.mysql.com/doc/refman/8.4/en/memory-use.html: as it comes, for a machine with about 512 MB.
        new("library/mysql", As(999, 999))
        {
            Shell = ImageShell.Bash,
            LeastMemory = Size.Mebibytes(512),
            DataPath = "/var/lib/mysql",
            Entrypoint = ["docker-entrypoint.sh"],
            Command = ["mysqld"],
            ReadinessCommand = ["mysqladmin", "ping", "--host=127.0.0.1", "--silent"],
            FileVariables =
            [
                ("MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD_FILE"),
                ("MYSQL_PASSWORD", "MYSQL_PASSWORD_FILE"),
                ("MYSQL_USER", "MYSQL_USER_FILE"),
                ("MYSQL_DATABASE", "MYSQL_DATABASE_FILE"),
            ],
            StopGracePeriod = TimeSpan.FromMinutes(1),
        },
        // https://hub.docker.com/_/mariadb, https://mariadb.com/kb/en/using-healthcheck-sh/
        new("library/mariadb", As(999, 999))
        {
            Shell = ImageShell.Bash,
            DataPath = "/var/lib/mysql",
            Entrypoint = ["docker-entrypoint.sh"],
            Command = ["mariadbd"],
            ReadinessCommand = ["healthcheck.sh", "--connect", "--innodb_initialized"],
            FileVariables =
            [
                ("MARIADB_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD_FILE"),
                ("MARIADB_PASSWORD", "MARIADB_PASSWORD_FILE"),
                ("MARIADB_USER", "MARIADB_USER_FILE"),
                ("MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD_FILE"),
            ],
            StopGracePeriod = TimeSpan.FromMinutes(1),
        },
        // https://hub.docker.com/_/mongo. By the container's own address, as during its first start the image runs a server on 127.0.0.1
        // alone.
        // https://www.mongodb.com/docs/manual/core/wiredtiger/#memory-use: a cache of 256 MB at least, beside all else.
        new("library/mongo", As(999, 999))
        {
            Shell = ImageShell.Bash,
            LeastMemory = Size.Mebibytes(512),
            DataPath = "/data/db",
            Entrypoint = ["docker-entrypoint.sh"],
            Command = ["mongod"],
            ReadinessCommand =
            [
                "sh",
                "-c",
                "exec mongosh --quiet --host \"$(hostname)\" --eval \"quit(db.adminCommand('ping').ok ? 0 : 1)\"",
            ],
            FileVariables =
            [
                ("MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_USERNAME_FILE"),
                ("MONGO_INITDB_ROOT_PASSWORD", "MONGO_INITDB_ROOT_PASSWORD_FILE"),
            ],
            StopGracePeriod = TimeSpan.FromMinutes(1),
        },
        // https://hub.docker.com/r/confluentinc/confluent-local,
        // https://docs.confluent.io/platform/current/installation/docker/security.html (user appuser)
        // A heap of 1 GiB, as kafka-server-start has it (https://kafka.apache.org/documentation/#java), beside all else.
        new("confluentinc/confluent-local", As(1000, 1000))
        {
            Shell = ImageShell.Bash,
            LeastMemory = Size.Mebibytes(1536),
            DataPath = "/var/lib/kafka/data",
        },
        // https://hub.docker.com/_/nats: made from scratch, so nothing in it runs a command; the variant on Alpine has a shell.
        new("library/nats", Isolation.ImageOwn) { DataPath = "/var/lib/nats" },
        // https://www.keycloak.org/server/containers (user 1000 of group 0; bash, and no curl)
        // https://www.keycloak.org/server/containers: a limit of 750 MB at least.
        new("keycloak/keycloak", As(1000, 0))
        {
            Shell = ImageShell.Bash,
            LeastMemory = Size.Mebibytes(750),
            DataPath = "/opt/keycloak/data",
            Entrypoint = ["/opt/keycloak/bin/kc.sh"],
            Outbound = true,
        },
        // https://hub.docker.com/r/valkey/valkey. NOAUTH is an answer of a server that serves.
        new("valkey/valkey", As(999, 999))
        {
            AlpineUser = (999, 1000),
            Shell = ImageShell.Bash,
            DataPath = "/data",
            Entrypoint = ["docker-entrypoint.sh"],
            Command = ["valkey-server"],
            ReadinessCommand = ["sh", "-c", "valkey-cli -h 127.0.0.1 ping | grep -qE 'PONG|NOAUTH'"],
        },
        // https://microsoft.github.io/garnet/docs/welcome/releases (on Microsoft's image of the .NET runtime)
        new("microsoft/garnet", Isolation.ImageOwn) { Shell = ImageShell.Bash, DataPath = "/data" },
        // https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-prod (user 1000 of group 0), and
        // -docker-configure (the file, of mode 400 or 600)
        // Memory: 1 GB, as the first of these pages gives one node (its basic setup).
        new("elasticsearch/elasticsearch", As(1000, 0))
        {
            Shell = ImageShell.Bash,
            LeastMemory = Size.Gibibytes(1),
            DataPath = "/usr/share/elasticsearch/data",
            FileVariables = [("ELASTIC_PASSWORD", "ELASTIC_PASSWORD_FILE")],
            TakesPrivateFilesOnly = true,
            StopGracePeriod = TimeSpan.FromMinutes(1),
        },
        new("library/elasticsearch", As(1000, 0))
        {
            Shell = ImageShell.Bash,
            LeastMemory = Size.Gibibytes(1),
            DataPath = "/usr/share/elasticsearch/data",
            FileVariables = [("ELASTIC_PASSWORD", "ELASTIC_PASSWORD_FILE")],
            TakesPrivateFilesOnly = true,
            StopGracePeriod = TimeSpan.FromMinutes(1),
        },
        // https://docs.datalust.co/docs/getting-started-with-docker
        new("datalust/seq", Isolation.ImageOwn)
        {
            Shell = ImageShell.Bash,
            DataPath = "/data",
            Outbound = true,
        },
        // https://milvus.io/docs/install_standalone-docker-compose.md
        // https://milvus.io/docs/prerequisite-docker.md: 8 GB.
        new("milvusdb/milvus", Isolation.ImageOwn)
        {
            Shell = ImageShell.Bash,
            LeastMemory = Size.Gibibytes(8),
            DataPath = "/var/lib/milvus",
        },
        // https://qdrant.tech/documentation/guides/installation/#docker (on Debian)
        new("qdrant/qdrant", Isolation.ImageOwn) { Shell = ImageShell.Bash, DataPath = "/qdrant/storage" },
        // https://container-registry.oracle.com (database/free: on Oracle Linux)
        // It takes up to 2 GB. (https://www.oracle.com/database/free/faq/)
        new("database/free", Isolation.ImageOwn)
        {
            Shell = ImageShell.Bash,
            LeastMemory = Size.Gibibytes(2),
            DataPath = "/opt/oracle/oradata",
            StopGracePeriod = TimeSpan.FromMinutes(1),
        },
        // https://www.meilisearch.com/docs/guides/docker (on Alpine)
        new("getmeili/meilisearch", Isolation.ImageOwn) { Shell = ImageShell.BusyBox, DataPath = "/meili_data" },
        // https://docs.ollama.com/docker (on Ubuntu); models come from outside.
        new("ollama/ollama", Isolation.ImageOwn)
        {
            Shell = ImageShell.Bash,
            DataPath = "/root/.ollama",
            Outbound = true,
        },
    ];

    // A user of the image's own, whose files the image prepares for it; a root that it may write to, as its documentation promises nothing
    // else.
    private static Isolation As(int user, int group) => new(user, group, ReadOnlyRoot: false, []);
}
