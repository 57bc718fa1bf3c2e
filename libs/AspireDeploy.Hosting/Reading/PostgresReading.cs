using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Describes what the declaration of a PostgreSQL server says beyond its container: its databases, which locally the host creates once the
/// server is ready.
/// </summary>
internal static class PostgresReading
{
    /// <summary>
    /// Run by the image once, when it has made an empty data directory. (https://hub.docker.com/_/postgres, "Initialization scripts")
    /// </summary>
    internal const string Script = "/docker-entrypoint-initdb.d/databases.sql";

    internal static Workload Complete(Workload workload, IResource server, DeployedResources deployed) =>
        ServerTypes.DatabasesOf(server) is { Count: > 0 } databases
            ? workload with
            {
                Databases = databases.ToEquatableArray(),
                Files = workload
                    .Files.Append(
                        new(
                            Script,
                            string.Concat(
                                databases.Select(database =>
                                    ServerTypes.CreationScriptOf(deployed.ChildrenOf(server), database) is { } script
                                        ? script.TrimEnd() + "\n"
                                        : Create(database)
                                )
                            )
                        )
                    )
                    .ToEquatableArray(),
            }
            : workload;

    // The image makes one named like its user itself.
    private static string Create(string database) =>
        $"SELECT 'CREATE DATABASE {Identifier(database).Replace("'", "''", StringComparison.Ordinal)}' "
        + $"WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database.Replace("'", "''", StringComparison.Ordinal)}')\\gexec\n";

    private static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
